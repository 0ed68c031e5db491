import { useEffect, useState } from 'react';
import type { FeedItem } from './live-merge';
import { cardsShown } from './refusals';

export const cardsMax = 3;
/** In a rush a card is shown at least this long before a newer refusal takes its place. */
const readableMilliseconds = 4_000;

function sameCards(a: readonly FeedItem[], b: readonly FeedItem[]): boolean {
  return a.length === b.length && a.every((item, index) => item.id === b[index]?.id);
}

/** Which refusals are on the screen now: the newest, but not before the ones shown could be read or were let go. */
export function useCards(open: readonly FeedItem[], held: boolean): readonly FeedItem[] {
  const [cards, setCards] = useState<readonly FeedItem[]>([]);
  const [fresh, setFresh] = useState(false);
  const next = cardsShown(open, cards, held || fresh, cardsMax);
  if (!sameCards(next, cards)) {
    setCards(next);
    setFresh(next.length === cardsMax);
  }
  useEffect(() => {
    if (!fresh) {
      return undefined;
    }
    const timer = setTimeout(() => {
      setFresh(false);
    }, readableMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [fresh, cards]);
  return next;
}
