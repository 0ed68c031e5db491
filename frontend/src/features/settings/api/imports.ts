import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf, type Answer } from '@/lib/api-client';

export type ImportItem = Answer<'ImportItem'>;

export const importsKey = ['settings', 'imports'];

/** The files that were taken in, newest first. */
export function useImports(): UseQueryResult<ImportItem[]> {
  return useQuery({
    queryKey: importsKey,
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/imports', { signal }))).items,
  });
}
