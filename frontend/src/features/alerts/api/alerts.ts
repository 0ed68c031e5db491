import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf, ownLastWrite, type Answer } from '@/lib/api-client';
import { newCommandKey } from '@/lib/command-key';

export type AlertItem = Answer<'AlertItem'>;
export type AlertList = Answer<'ListAnswerOfAlertItem'>;
export type AlertWhole = Answer<'AlertAnswer'>;
export type AlertState = 'open' | 'resolved';

/** A door does not wait for a page to be opened again: what is wrong is asked for all the time. */
const everyMilliseconds = 4_000;

export function useAlerts(state: AlertState): UseQueryResult<AlertList> {
  return useQuery({
    queryKey: ['alerts', state],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/alerts', { params: { query: { state } }, signal })),
    refetchInterval: everyMilliseconds,
  });
}

export function useAlert(id: string): UseQueryResult<AlertWhole> {
  return useQuery({
    queryKey: ['alerts', 'one', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/alerts/{id}', { params: { path: { id } }, signal })),
  });
}

export type AlertAction =
  | { kind: 'take' }
  | { kind: 'snooze'; minutes: number }
  | { kind: 'resolve'; reason: string };

/** One thing to do about an alert. A retry after a lost answer is the same command, so it is done once. */
export function useAlertAction(alert: AlertItem) {
  const queries = useQueryClient();
  const [key, setKey] = useState(newCommandKey);
  return useMutation({
    mutationFn: async (action: AlertAction) => {
      await send(alert, action, `${key}-${action.kind}`);
      const query = { state: 'open', after: ownLastWrite() };
      const list = await bodyOf(api.GET('/api/alerts', { params: { query } }));
      queries.setQueryData(['alerts', 'open'], list);
    },
    onSuccess: () => {
      setKey(newCommandKey());
      void queries.invalidateQueries({ queryKey: ['alerts'] });
    },
  });
}

function send(alert: AlertItem, action: AlertAction, key: string) {
  const params = {
    path: { siteId: alert.siteId, id: alert.id },
    header: { 'Idempotency-Key': key },
  };
  switch (action.kind) {
    case 'take':
      return api.POST('/api/sites/{siteId}/alerts/{id}/take', { params });
    case 'snooze':
      return api.POST('/api/sites/{siteId}/alerts/{id}/snooze', { params, body: { minutes: action.minutes } });
    case 'resolve':
      return api.POST('/api/sites/{siteId}/alerts/{id}/resolve', { params, body: { reason: action.reason } });
  }
}
