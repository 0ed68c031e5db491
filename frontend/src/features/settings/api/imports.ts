import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf, type Answer } from '@/lib/api-client';

export type ImportItem = Answer<'ImportItem'>;

export const importsKey = ['settings', 'imports'];

const everyMilliseconds = 1_000;

/** Whether the club writes it or takes it back at this moment. */
export function isAtWork(item: ImportItem): boolean {
  return item.progress !== null;
}

/** The files that were taken in, newest first. */
export function useImports(): UseQueryResult<ImportItem[]> {
  return useQuery({
    queryKey: importsKey,
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/imports', { signal }))).items,
    refetchInterval: ({ state }) => (state.data?.some(isAtWork) === true ? everyMilliseconds : false),
  });
}
