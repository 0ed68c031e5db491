import { createContext, use } from 'react';

/** The moment that is looked at, as the address writes it; null: now. */
export const PastContext = createContext<string | null>(null);

export function usePastMoment(): string | null {
  return use(PastContext);
}

/** How far a zone's clock is ahead of UTC at a moment. */
function offsetOf(at: number, timeZone: string): number {
  return Date.parse(`${wallClock(at, timeZone)}Z`) - Math.floor(at / 1000) * 1000;
}

function wallClock(at: number, timeZone: string): string {
  return new Date(at).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T');
}

/** A moment as a field of date and time holds it: by the club's clock, whatever that of the computer says. */
export function toMomentField(at: number, timeZone: string): string {
  return wallClock(at, timeZone).slice(0, 16);
}

/** The end of the minute in such a field, so that all that is shown for this minute is in it; null: nothing is. */
export function fromMomentField(value: string, timeZone: string): number | null {
  const wall = Date.parse(`${value}:59.999Z`);
  return Number.isNaN(wall) ? null : momentOf(wall, timeZone);
}

/** When a day begins there; `date` is as `siteDate` gives it. */
export function dayStart(date: number, timeZone: string): number {
  return momentOf(date, timeZone);
}

function momentOf(wall: number, timeZone: string): number {
  const near = wall - offsetOf(wall, timeZone);
  // Asked again beside the moment itself: the clock may have been put forward in between.
  return wall - offsetOf(near, timeZone);
}
