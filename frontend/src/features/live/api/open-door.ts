import { useMutation, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { api, bodyOf, ownLastWrite, type Answer } from '@/lib/api-client';
import { newCommandKey } from '@/lib/command-key';

export type DoorOrder = Answer<'GateOrderItem'>;

const everyMilliseconds = 1_000;

/** Opens a door once, from afar. A retry after a lost answer is the same order. */
export function useOpenDoor() {
  const [key, setKey] = useState(newCommandKey);
  return useMutation({
    mutationFn: ({ gateId, reason }: { gateId: string; reason: string }) =>
      bodyOf(
        api.POST('/api/gates/{id}/commands', {
          params: { path: { id: gateId }, header: { 'Idempotency-Key': key } },
          body: { kind: 'open_once', reason, expiresInSeconds: 30 },
        }),
      ),
    onSuccess: () => {
      setKey(newCommandKey());
    },
  });
}

/** What the door said to the order; asked again until it has said something or its time is over. */
export function useDoorOrder(gateId: string, orderId: string): UseQueryResult<DoorOrder | null> {
  return useQuery({
    queryKey: ['door-order', orderId],
    queryFn: async ({ signal }) => {
      const params = { path: { id: gateId }, query: { after: ownLastWrite() } };
      const { items } = await bodyOf(api.GET('/api/gates/{id}/commands', { params, signal }));
      return items.find((order) => order.id === orderId) ?? null;
    },
    refetchInterval: ({ state }) =>
      (state.data?.state ?? 'waiting') === 'waiting' ? everyMilliseconds : false,
  });
}
