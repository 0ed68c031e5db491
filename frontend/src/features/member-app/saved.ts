import { perBrowser, readStored, writeStored } from '@/lib/storage';
import type { Busy, Me, SiteHours, Visit } from './api/me';

/** What the app shows without a network: the last answers, and how far this phone's clock is off. */
export interface Saved {
  me: Me;
  at: number;
  clockOffset: number;
  visits: Visit[] | null;
  busy: Busy[] | null;
  /** Missing where an earlier version of the app has saved. */
  hours?: SiteHours[] | null;
}

const storageKey = 'smartclub.member.saved';

export function readSaved(): Saved | null {
  const stored = readStored(perBrowser, storageKey);
  if (stored === null) {
    return null;
  }
  try {
    const saved = JSON.parse(stored) as Partial<Saved> | null;
    return saved?.me === undefined ? null : (saved as Saved);
  } catch {
    return null;
  }
}

/** The token that proves our own page is of no use without the session's cookie, yet it is not kept. */
export function save(saved: Saved | null) {
  writeStored(
    perBrowser,
    storageKey,
    saved === null ? null : JSON.stringify({ ...saved, me: { ...saved.me, antiforgery: '' } }),
  );
}
