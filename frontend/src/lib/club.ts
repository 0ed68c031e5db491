import { createContext, use } from 'react';
import type { Connection } from './connection';
import { useNow } from './use-now';

export interface ClubSite {
  id: string;
  name: string;
  timeZone: string;
  currency: string;
}

export interface ClubPlace {
  id: string;
  siteId: string;
  name: string;
}

export interface ClubGate extends ClubPlace {
  zoneId: string;
  direction: 'in' | 'out' | 'both';
}

/** What every page may need to know of the club: its places by name, its time, and how the line to it is. */
export interface Club {
  sites: readonly ClubSite[];
  zones: readonly ClubPlace[];
  gates: readonly ClubGate[];
  timeZone: string;
  /** What the server's clock shows beyond this computer's. */
  clockOffset: number;
  connection: Connection;
  /** Why nothing is known of the club, where that is so. */
  failure?: { code: string; nextTryAt: number | null } | null;
  tryNow: () => void;
}

/** Where there is no site yet, times are still told, in the zone of the computer. */
export const fallbackTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const ClubContext = createContext<Club>({
  sites: [],
  zones: [],
  gates: [],
  timeZone: fallbackTimeZone,
  clockOffset: 0,
  connection: { kind: 'connecting' },
  tryNow: () => undefined,
});

export function useClub(): Club {
  return use(ClubContext);
}

const minuteMilliseconds = 60_000;

/** The club's time, by the server's clock. */
export function useClubNow(everyMilliseconds = minuteMilliseconds): number {
  return useNow(everyMilliseconds) + useClub().clockOffset;
}

/** The zone of the club's clock: that of its first site. */
export function homeTimeZone(sites: readonly ClubSite[]): string {
  return sites[0]?.timeZone ?? fallbackTimeZone;
}
