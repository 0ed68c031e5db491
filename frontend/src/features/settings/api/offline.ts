import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { api, bodyOf, type Answer } from '@/lib/api-client';

export type OfflineDifference = Answer<'OfflineDifferenceItem'>;

const first: number | null = null;

/** What doors did alone otherwise than the club would have, newest first; a page is empty when none is left. */
export function useOfflineDifferences(): UseInfiniteQueryResult<InfiniteData<OfflineDifference[]>> {
  return useInfiniteQuery({
    queryKey: ['settings', 'offline-differences'],
    initialPageParam: first,
    queryFn: async ({ pageParam, signal }) =>
      (
        await bodyOf(
          api.GET('/api/gates/offline-differences', {
            params: { query: pageParam === null ? {} : { before: String(pageParam) } },
            signal,
          }),
        )
      ).items,
    getNextPageParam: (page) => page.at(-1)?.position ?? null,
  });
}
