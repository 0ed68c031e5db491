import { useInfiniteQuery, type InfiniteData, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { api, bodyOf, type Answer } from '@/lib/api-client';

export type OfflineDifference = Answer<'OfflineDifferenceItem'>;
type OfflinePage = Answer<'OfflineDifferencesPage'>;

const first: number | null = null;

/** What doors did alone otherwise than the club would have, newest first. */
export function useOfflineDifferences(): UseInfiniteQueryResult<InfiniteData<OfflinePage>> {
  return useInfiniteQuery({
    queryKey: ['settings', 'offline-differences'],
    initialPageParam: first,
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/gates/offline-differences', {
          params: { query: pageParam === null ? {} : { before: String(pageParam) } },
          signal,
        }),
      ),
    getNextPageParam: ({ before }) => before,
  });
}

export function itemsOf(pages: readonly OfflinePage[]): OfflineDifference[] {
  return pages.flatMap(({ items }) => items);
}
