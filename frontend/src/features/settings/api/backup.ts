import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf, type Answer } from '@/lib/api-client';

export type Backup = Answer<'BackupAnswer'>;

const refreshMilliseconds = 60_000;

/** The bell asks under the same key: what is known there shows here at once. */
export function useBackup(): UseQueryResult<Backup> {
  return useQuery({
    queryKey: ['settings', 'backup'],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/backup', { signal })),
    refetchInterval: refreshMilliseconds,
  });
}
