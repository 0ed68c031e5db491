import type { Decision, Gate, LiveDelta, LiveSnapshot } from './live-types';

/** Small, complete examples for the tests of this folder; each test states only what it is about. */
export function sampleDecision(position: number | null, changes: Partial<Decision> = {}): Decision {
  const second = String((position ?? 0) % 60).padStart(2, '0');
  return {
    id: String(position),
    position,
    at: `2026-11-24T17:00:${second}Z`,
    direction: 'in',
    decision: 'grant',
    reason: 'ok',
    flags: [],
    member: position === null ? null : { id: `mbr_${position}`, displayName: 'Ruth Lukusa', photoUrl: null },
    gateId: 'gat_1',
    zoneId: 'zon_1',
    planName: 'Premium',
    ...changes,
  };
}

export function sampleRefusal(position: number, changes: Partial<Decision> = {}): Decision {
  return sampleDecision(position, { decision: 'deny', reason: 'expired', ...changes });
}

export function sampleUnknown(id: string): Decision {
  return sampleDecision(null, { id, decision: 'deny', reason: 'unknown_credential', planName: null });
}

export function sampleGate(changes: Partial<Gate> = {}): Gate {
  return {
    id: 'gat_1',
    siteId: 'ste_1',
    zoneId: 'zon_1',
    name: 'Entrée principale',
    direction: 'both',
    lastSeenAt: '2026-11-24T17:00:00Z',
    status: 'ok',
    doorState: 'closed',
    queueLength: 0,
    stillIn: 'none',
    ...changes,
  };
}

export function sampleSnapshot(changes: Partial<LiveSnapshot> = {}): LiveSnapshot {
  return {
    asOf: 100,
    serverTime: '2026-11-24T17:00:59Z',
    sites: [{ id: 'ste_1', name: 'Gombe', timeZone: 'Africa/Kinshasa', currency: 'USD' }],
    zones: [
      { id: 'zon_1', siteId: 'ste_1', name: 'Musculation', inside: 10, capacity: 90, estimated: false },
    ],
    gates: [sampleGate()],
    today: { entries: 40, refusals: 2, insideTotal: 10 },
    decisions: [],
    ...changes,
  };
}

export function sampleDelta(from: number, to: number, changes: Partial<LiveDelta> = {}): LiveDelta {
  return {
    from,
    to,
    reset: false,
    skipped: 0,
    decisions: [],
    zones: [],
    gates: [],
    today: { entries: 41, refusals: 2, insideTotal: 11 },
    ...changes,
  };
}
