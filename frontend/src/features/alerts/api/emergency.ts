import { useMutation, useQueries, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf, type Answer } from '@/lib/api-client';
import { newCommandKey } from '@/lib/command-key';
import { keepList, keptList } from '../kept-list';

export type Emergency = Answer<'EmergencyAnswer'>;
export type EmergencyZone = Answer<'EmergencyZone'>;
export type EmergencyPerson = Answer<'EmergencyPerson'>;
export type EmergencyGate = Answer<'EmergencyGate'>;
export type LockDown = Answer<'LockDownAnswer'>;

const everyMilliseconds = 3_000;
const calmMilliseconds = 15_000;
/** One bar of network can swallow a question: it is asked again rather than waited for. */
const patienceMilliseconds = 8_000;

/** The site, its doors and who is inside. The last list stays on screen and phone while the network is poor. */
export function useEmergency(siteId: string): UseQueryResult<Emergency> {
  return useQuery({
    queryKey: ['emergency', siteId],
    queryFn: async ({ signal }) => {
      const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMilliseconds)]);
      const path = { params: { path: { siteId } }, signal: patience };
      const found = await bodyOf(api.GET('/api/sites/{siteId}/emergency', path));
      keepList(found);
      return found;
    },
    initialData: () => keptList(siteId),
    initialDataUpdatedAt: 0,
    refetchInterval: everyMilliseconds,
    refetchIntervalInBackground: true,
    networkMode: 'always',
    retry: false,
  });
}

/** Whether sites are locked, for the board: asked more often while one is. */
export function useLockDowns(siteIds: readonly string[]): LockDown[] {
  return useQueries({
    queries: siteIds.map((siteId) => ({
      queryKey: ['emergency', siteId, 'lock-down'],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        bodyOf(api.GET('/api/sites/{siteId}/lock-down', { params: { path: { siteId } }, signal })),
      refetchInterval: ({ state }: { state: { data: LockDown | undefined } }) =>
        state.data?.kind === 'lock_down' ? everyMilliseconds : calmMilliseconds,
    })),
    combine: (found) => found.flatMap(({ data }) => data ?? []),
  });
}

export type SiteOrder = 'evacuate' | 'end-evacuation' | 'lock' | 'end-lock';

/** Tells all doors of a site one thing, with the reason that stays in the journal. */
export function useSiteOrder(siteId: string) {
  const queries = useQueryClient();
  const [key, setKey] = useState(newCommandKey);
  return useMutation({
    networkMode: 'always',
    mutationFn: async ({ order, reason }: { order: SiteOrder; reason: string }) => {
      const call = {
        params: { path: { siteId }, header: { 'Idempotency-Key': `${key}-${order}` } },
        body: { reason },
      };
      switch (order) {
        case 'evacuate':
          return api.POST('/api/sites/{siteId}/evacuation', call);
        case 'end-evacuation':
          return api.POST('/api/sites/{siteId}/evacuation/end', call);
        case 'lock':
          return api.POST('/api/sites/{siteId}/lock-down', call);
        case 'end-lock':
          return api.POST('/api/sites/{siteId}/lock-down/end', call);
      }
    },
    onSuccess: () => {
      setKey(newCommandKey());
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['emergency', siteId] }),
  });
}

/** Says that somebody was seen outside, or was not after all. */
export async function markOutside(siteId: string, memberId: string, isOutside: boolean, key: string): Promise<void> {
  await api.POST('/api/sites/{siteId}/evacuation/people/{memberId}', {
    params: { path: { siteId, memberId }, header: { 'Idempotency-Key': key } },
    body: { isOutside },
  });
}
