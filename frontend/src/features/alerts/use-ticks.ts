import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { ApiError } from '@/lib/api-client';
import { newCommandKey } from '@/lib/command-key';
import { markOutside } from './api/emergency';

interface Tick {
  isOutside: boolean;
  key: string;
}

export type Ticks = ReadonlyMap<string, Tick>;

const retryMilliseconds = 3_000;

/**
 * Ticks count on this screen at once and are sent until the club has them: whoever stands outside with one bar of
 * network ticks on. The same tick sent twice is the same command.
 */
export function useTicks(siteId: string): { ticks: Ticks; tick: (memberId: string, isOutside: boolean) => void } {
  const queries = useQueryClient();
  const [ticks, setTicks] = useState<Ticks>(new Map());
  const tick = useCallback((memberId: string, isOutside: boolean) => {
    setTicks((before) => new Map(before).set(memberId, { isOutside, key: newCommandKey() }));
  }, []);
  useEffect(() => {
    if (ticks.size === 0) {
      return;
    }
    let isOver = false;
    const send = async () => {
      for (const [memberId, { isOutside, key }] of ticks) {
        try {
          await markOutside(siteId, memberId, isOutside, key);
        } catch (error) {
          // Without an answer it is tried again; a refusal is final.
          if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500) {
            return;
          }
        }
        await queries.refetchQueries({ queryKey: ['emergency', siteId] });
        if (!isOver) {
          setTicks((before) => without(before, memberId, key));
        }
      }
    };
    void send();
    const timer = setInterval(() => void send(), retryMilliseconds);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [ticks, siteId, queries]);
  return { ticks, tick };
}

function without(ticks: Ticks, memberId: string, key: string): Ticks {
  if (ticks.get(memberId)?.key !== key) {
    return ticks;
  }
  const rest = new Map(ticks);
  rest.delete(memberId);
  return rest;
}
