import type { ReasonDetail } from '@/lib/reason-text';

export type Direction = 'in' | 'out';

export interface Site {
  id: string;
  name: string;
  timeZone: string;
  currency: string;
}

export interface Zone {
  id: string;
  siteId: string;
  name: string;
  inside: number;
  capacity: number | null;
  estimated: boolean;
}

export interface Gate {
  id: string;
  siteId: string;
  zoneId: string;
  name: string;
  direction: Direction | 'both';
  lastSeenAt: string | null;
  /** `unknown` only in the past: the journal does not tell. */
  status: 'ok' | 'silent' | 'never' | 'disabled' | 'unknown';
  doorState: string | null;
  queueLength: number;
  /** What the door has not come back from, although it has ended for its site. */
  stillIn: 'none' | 'lock_down' | 'evacuation';
}

export interface Today {
  entries: number;
  refusals: number;
  insideTotal: number;
}

export interface DecisionMember {
  id: string;
  displayName: string;
  photoUrl: string | null;
}

/** What a door decided. An unknown badge belongs to nobody and has no place in the journal, hence no position. */
export interface Decision {
  id: string;
  position: number | null;
  at: string;
  direction: Direction;
  decision: 'grant' | 'deny';
  reason: string;
  flags: string[];
  member: DecisionMember | null;
  gateId: string;
  zoneId: string;
  planName: string | null;
  detail?: ReasonDetail | null;
}

/** Everything the page shows, as of one position of the journal. Decisions are newest first. */
export interface LiveSnapshot {
  asOf: number;
  serverTime: string;
  sites: Site[];
  zones: Zone[];
  gates: Gate[];
  today: Today;
  decisions: Decision[];
}

/** What changed after position `from`, up to and including `to`. */
export interface LiveDelta {
  from: number;
  to: number;
  reset: boolean;
  skipped: number;
  decisions: Decision[];
  zones: Pick<Zone, 'id' | 'inside' | 'estimated'>[];
  gates: Gate[];
  today: Today;
}
