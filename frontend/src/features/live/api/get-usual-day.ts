import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf, type Answer } from '@/lib/api-client';

export type UsualDay = Answer<'UsualDayAnswer'>;

const everyMilliseconds = 60_000;

/** Today beside the same weekday of the last weeks. */
export function useUsualDay(siteId: string): UseQueryResult<UsualDay> {
  return useQuery({
    queryKey: ['usual-day', siteId],
    queryFn: ({ signal }) =>
      bodyOf(api.GET('/api/sites/{siteId}/usual-day', { params: { path: { siteId } }, signal })),
    refetchInterval: everyMilliseconds,
  });
}
