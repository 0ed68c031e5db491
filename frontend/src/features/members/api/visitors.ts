import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { api, ApiError, bodyOf, ownLastWrite, type Answer } from '@/lib/api-client';
import { newCommandKey } from '@/lib/command-key';
import { useDebounced } from '@/lib/use-debounced';

export type Visitor = Answer<'VisitorAnswer'>;
export type ListedMember = Answer<'ListedMemberAnswer'>;

const freshMilliseconds = 15_000;
const typingMilliseconds = 200;

/** Who has a pass for a day without being a member. */
export function useVisitors(day: string): UseQueryResult<readonly Visitor[]> {
  return useQuery({
    queryKey: ['members', 'visitors', day],
    refetchInterval: freshMilliseconds,
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/api/lists/visitors', { params: { query: { day, after: ownLastWrite() } }, signal })))
        .items,
  });
}

/** Members who are inside now: only they can bring somebody along at this moment. */
export function useInside(words: string): UseQueryResult<readonly ListedMember[]> {
  const query = useDebounced(words.trim(), typingMilliseconds);
  return useQuery({
    queryKey: ['members', 'inside', query],
    enabled: query !== '',
    queryFn: async ({ signal }) => {
      const params = { query: { query, inside: true, kind: 'member' } };
      return (await bodyOf(api.GET('/api/lists/members', { params, signal }))).items;
    },
  });
}

export interface DayPass {
  firstName: string;
  lastName: string;
  phone: string | null;
  planId: string;
  startsOn: string;
  hostId: string | null;
}

/** What is handed over: the code is told once and kept nowhere. */
export interface HandedPass {
  memberId: string;
  value: string;
  expiresOn: string;
}

/**
 * Registers a visitor, gives them their pass and makes up its code. Each step has its own key for what it means: after
 * a lost answer the same press goes on where it was, and after a refused pass nobody is registered twice.
 */
export function useDayPass() {
  const client = useQueryClient();
  const keys = useRef(new Map<string, string>());
  const header = (step: string) => {
    const key = keys.current.get(step) ?? newCommandKey();
    keys.current.set(step, key);
    return { 'Idempotency-Key': key };
  };
  return useMutation({
    mutationFn: async ({ firstName, lastName, phone, planId, startsOn, hostId }: DayPass): Promise<HandedPass> => {
      const person = { firstName, lastName, phone, email: null, kind: 'visitor' };
      const who = JSON.stringify(person);
      const { id } = await bodyOf(api.POST('/api/members', { params: { header: header(who) }, body: person }));
      const pass = { planId, startsOn, paid: true };
      const what = `${id} ${hostId ?? ''} ${planId} ${startsOn}`;
      try {
        const term = await bodyOf(
          hostId === null
            ? api.POST('/api/members/{id}/memberships', {
                params: { path: { id }, header: header(what) },
                body: pass,
              })
            : api.POST('/api/members/{id}/guests', {
                params: { path: { id: hostId }, header: header(what) },
                body: { ...pass, guestId: id },
              }),
        );
        const { value } = await printCode(id, header(`${what} code`));
        return { memberId: id, value, expiresOn: term.expiresOn };
      } catch (error) {
        // A "no" stays with its key; whoever changes what it was for asks anew.
        if (error instanceof ApiError && error.status >= 400 && error.status < 500) {
          keys.current.delete(what);
        }
        throw error;
      }
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['members'] }),
  });
}

/** Another code for somebody who has a pass already, such as one who lost the slip. */
export function useNewCode() {
  const key = useRef<string | null>(null);
  return useMutation({
    mutationFn: (memberId: string) => {
      key.current ??= newCommandKey();
      return printCode(memberId, { 'Idempotency-Key': key.current });
    },
    onSuccess: () => {
      key.current = null;
    },
  });
}

function printCode(id: string, header: { 'Idempotency-Key': string }) {
  return bodyOf(api.POST('/api/members/{id}/printed-codes', { params: { path: { id }, header } }));
}
