import { useNow } from '@/lib/use-now';

export interface Freshness {
  isFresh: boolean;
  /** When the club last said what is shown, by the club's clock. */
  listedAt: number;
  ageMilliseconds: number;
}

/** Three polls without an answer, or one that failed, and the list is no longer what is so now. */
export const freshMilliseconds = 10_000;

/** How old a list is: nothing is called live that only was so a while ago. */
export function freshnessOf(
  list: { serverTime: string; receivedAt: number; hasFailed: boolean },
  now: number,
  clockOffset: number,
): Freshness {
  const listedAt = Date.parse(list.serverTime);
  // What was kept from before a reload was received at no known moment: its own time and the club's clock count.
  const ageMilliseconds = Math.max(0, list.receivedAt > 0 ? now - list.receivedAt : now + clockOffset - listedAt);
  return {
    isFresh: !list.hasFailed && list.receivedAt > 0 && ageMilliseconds <= freshMilliseconds,
    listedAt,
    ageMilliseconds,
  };
}

export function useFreshness(
  list: { serverTime: string; receivedAt: number; hasFailed: boolean },
  clockOffset: number,
): Freshness {
  return freshnessOf(list, useNow(1_000), clockOffset);
}
