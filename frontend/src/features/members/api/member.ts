import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { api, bodyOf, ownLastWrite, type Answer } from '@/lib/api-client';
import { newCommandKey } from '@/lib/command-key';
import { usePastMoment } from '@/lib/past';
import { rememberPerson } from '@/lib/recent-people';

export type Member = Answer<'MemberAnswer'>;
export type Membership = Answer<'MembershipAnswer'>;
export type TimelineItem = Answer<'TimelineItem'>;
export type Plan = Answer<'PlanAnswer'>;

/** What is still true of a person's rights changes with the clock, so it is asked for again now and then. */
const freshMilliseconds = 30_000;

export function useMember(id: string | undefined): UseQueryResult<Member> {
  const at = usePastMoment();
  return useQuery({
    queryKey: ['member', id, 'file', at],
    enabled: id !== undefined,
    refetchInterval: at === null && freshMilliseconds,
    queryFn: async ({ signal }) => {
      const member = await bodyOf(
        api.GET('/api/members/{id}', {
          params: { path: { id: id ?? '' }, query: { after: ownLastWrite(), ...(at !== null && { at }) } },
          signal,
        }),
      );
      rememberPerson(member);
      return member;
    },
  });
}

export function useTimeline(id: string | undefined): UseQueryResult<Answer<'TimelineAnswer'>> {
  const at = usePastMoment();
  return useQuery({
    queryKey: ['member', id, 'timeline', at],
    enabled: id !== undefined,
    queryFn: ({ signal }) =>
      bodyOf(
        api.GET('/api/members/{id}/timeline', {
          params: { path: { id: id ?? '' }, query: { after: ownLastWrite(), ...(at !== null && { at }) } },
          signal,
        }),
      ),
  });
}

export function usePlans(): UseQueryResult<Answer<'ListAnswerOfPlanAnswer'>> {
  return useQuery({
    queryKey: ['plans'],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/plans', { signal })),
    staleTime: 60_000,
  });
}

export interface Command<Input> {
  run: (input: Input, onDone?: (id: string) => void) => void;
  pending: boolean;
  error: Error | null;
  reset: () => void;
}

/**
 * A command about a member. Its key is made once for what a person means and kept until that is done, so pressing again
 * after a lost answer never does it twice. Afterwards everything that shows the person is read again.
 */
export function useCommand<Input>(
  call: (input: Input, headers: { 'Idempotency-Key': string }) => Promise<{ id?: string }>,
): Command<Input> {
  const client = useQueryClient();
  const key = useRef<{ input: string; value: string } | null>(null);
  const mutation = useMutation({
    mutationFn: (input: Input) => {
      const meant = input instanceof Blob ? 'file' : JSON.stringify(input);
      if (key.current?.input !== meant) {
        key.current = { input: meant, value: newCommandKey() };
      }
      return call(input, { 'Idempotency-Key': key.current.value });
    },
    onSuccess: async () => {
      key.current = null;
      await Promise.all([
        client.invalidateQueries({ queryKey: ['member'] }),
        client.invalidateQueries({ queryKey: ['members'] }),
      ]);
    },
  });
  return {
    run: (input, onDone) => {
      mutation.mutate(input, {
        onSuccess: (answer) => {
          onDone?.(answer.id ?? '');
        },
      });
    },
    pending: mutation.isPending,
    error: mutation.error,
    reset: mutation.reset,
  };
}
