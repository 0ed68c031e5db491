import { kindOf, type FeedItem } from './live-merge';

/** Refusals that were already old when the page was opened are history: they are in the list, not on the desk. */
export const stillAtTheDoorMilliseconds = 15 * 60_000;
export const openRefusalsMax = 200;

/** The refusals that still wait for the person at the desk, newest first. */
export function openRefusals(
  open: readonly FeedItem[],
  arrived: readonly FeedItem[],
  handled: ReadonlySet<string>,
  now: number,
): readonly FeedItem[] {
  const known = new Set(open.map((item) => item.id));
  const added = arrived.filter(
    (item) =>
      kindOf(item) === 'refusal' &&
      !known.has(item.id) &&
      !handled.has(item.id) &&
      now - Date.parse(item.at) < stillAtTheDoorMilliseconds,
  );
  return added.length === 0 ? open : [...added, ...open].slice(0, openRefusalsMax);
}

/**
 * The cards on the screen. While the hand is on them they stay where they are, so that a new refusal can never slip
 * under a finger that is about to press: cards that are gone make room below, for the newest of the others.
 */
export function cardsShown(
  open: readonly FeedItem[],
  shown: readonly FeedItem[],
  held: boolean,
  max: number,
): readonly FeedItem[] {
  if (!held) {
    return open.slice(0, max);
  }
  const openIds = new Set(open.map((item) => item.id));
  const staying = shown.filter((item) => openIds.has(item.id));
  const stayingIds = new Set(staying.map((item) => item.id));
  const others = open.filter((item) => !stayingIds.has(item.id));
  return [...staying, ...others].slice(0, max);
}
