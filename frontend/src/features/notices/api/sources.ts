import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, bodyOf } from '@/lib/api-client';
import type { Sources } from '../notices';

const alertsEvery = 10_000;
const othersEvery = 60_000;

/**
 * What may need a person, of what their rights let them see. The keys are those of the pages, so that whatever is done
 * there shows here at once; what the live line tells of the doors is the pulse on which the rest is asked again.
 */
export function useSources(rights: ReadonlySet<string>, pulse: string) {
  const client = useQueryClient();
  const alerts = useQuery({
    queryKey: ['alerts', 'open'],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/alerts', { params: { query: { state: 'open' } }, signal })),
    enabled: rights.has('alerts.read'),
    refetchInterval: alertsEvery,
  });
  const offline = useQuery({
    queryKey: ['settings', 'offline-differences', 'newest'],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/gates/offline-differences', { signal })),
    enabled: rights.has('members.read'),
    refetchInterval: othersEvery,
  });
  const mails = useQuery({
    queryKey: ['settings', 'outbox', 'stuck'],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/outbox', { params: { query: { stuck: true } }, signal })),
    enabled: rights.has('outbox'),
    refetchInterval: othersEvery,
  });
  const imports = useQuery({
    queryKey: ['settings', 'imports'],
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/imports', { signal }))).items,
    enabled: rights.has('members.import'),
    refetchInterval: othersEvery,
  });
  const backup = useQuery({
    queryKey: ['settings', 'backup'],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/backup', { signal })),
    enabled: rights.has('metrics.read'),
    refetchInterval: othersEvery,
  });
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ['alerts', 'open'] });
    void client.invalidateQueries({ queryKey: ['settings', 'offline-differences'] });
  }, [client, pulse]);
  const all = [alerts, offline, mails, imports, backup];
  const sources: Sources = {
    alerts: alerts.data?.items,
    offline: offline.data?.items,
    mails: mails.data?.items,
    imports: imports.data,
    backup: backup.data,
  };
  const refetch = [alerts.refetch, offline.refetch, mails.refetch, imports.refetch, backup.refetch];
  const failed = all.map((query) => query.isError && query.data === undefined);
  return {
    sources,
    isComing: all.some((query) => query.isLoading),
    hasFailed: failed.some(Boolean),
    retry: () => {
      failed.forEach((has, query) => {
        if (has) {
          void refetch[query]?.();
        }
      });
    },
  };
}
