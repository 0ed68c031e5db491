import type { Member, Membership } from './api/member';

/** What the desk sees first, in its largest type. */
export interface DeskVerdict {
  kind: 'inside' | 'open' | 'refused';
  /** The stable code of why not; `ok` when they may come in. */
  reason: string;
  detail: Member['zones'][number]['detail'];
  zoneId: string | null;
  /** The door that refused them a moment ago. */
  refusal: Member['lastAccess'];
  since: string | null;
}

/** A refusal this recent is why the person stands at the desk. */
export const atTheDeskMilliseconds = 15 * 60_000;

/** Reasons that are not about rights: a door may refuse for them whatever the membership allows. */
const ofTheMoment = new Set([
  'device_disabled',
  'unknown_credential',
  'pass_invalid',
  'pass_expired',
  'pass_used',
  'revoked',
  'anti_passback',
  'capacity_full',
  'wrong_zone',
  'outside_hours',
  'quota_exhausted',
]);

/** In this order the reasons of several zones are told: the first one is what a person would say. */
const saidFirst = ['suspended', 'payment_overdue', 'frozen', 'expired', 'not_started'];

export function verdictOf(member: Member, now: number): DeskVerdict {
  const { zones, lastAccess, inside } = member;
  const recent =
    lastAccess?.decision === 'deny' && now - Date.parse(lastAccess.at) < atTheDeskMilliseconds
      ? lastAccess
      : null;
  const asked = zones.find(({ zoneId }) => zoneId === recent?.zoneId);
  if (recent !== null && (ofTheMoment.has(recent.reason) || (asked !== undefined && asked.reason !== 'ok'))) {
    const { reason, detail, zoneId } = ofTheMoment.has(recent.reason) || asked === undefined ? recent : asked;
    return { kind: 'refused', reason, detail, zoneId, refusal: recent, since: null };
  }
  const here = inside[0];
  if (here !== undefined) {
    return { kind: 'inside', reason: 'ok', detail: null, zoneId: here.zoneId, refusal: null, since: here.since };
  }
  const open = zones.find(({ reason }) => reason === 'ok');
  if (open !== undefined) {
    return { kind: 'open', reason: 'ok', detail: open.detail, zoneId: open.zoneId, refusal: null, since: null };
  }
  const first =
    saidFirst.map((code) => zones.find(({ reason }) => reason === code)).find((zone) => zone !== undefined) ??
    zones[0];
  const reason = member.status === 'suspended' ? 'suspended' : (first?.reason ?? 'expired');
  const detail = first?.detail ?? null;
  return { kind: 'refused', reason, detail, zoneId: first?.zoneId ?? null, refusal: null, since: null };
}

/** The one thing that would help now. */
export type WayOut =
  | { kind: 'renew'; planId: string | null; startsOn: string }
  | { kind: 'pay'; membership: Membership }
  | { kind: 'unfreeze'; membership: Membership }
  | { kind: 'resume' }
  | { kind: 'none' };

const soonDays = 7;
const millisecondsPerDay = 86_400_000;

/** `today` is a date, `yyyy-MM-dd`, at the club. */
export function wayOutOf(member: Member, verdict: DeskVerdict, today: string): WayOut {
  const running = member.memberships.filter(({ ended }) => !ended);
  const unpaid = running.find(({ paid }) => !paid);
  const last = member.memberships.toSorted((a, b) => a.expiresOn.localeCompare(b.expiresOn)).at(-1);
  if (member.status === 'suspended') {
    return { kind: 'resume' };
  }
  if (unpaid !== undefined) {
    return { kind: 'pay', membership: unpaid };
  }
  const frozen = running.find(({ frozen: isFrozen }) => isFrozen);
  if (verdict.reason === 'frozen' && frozen !== undefined) {
    return { kind: 'unfreeze', membership: frozen };
  }
  const over = last === undefined || last.expiresOn < today;
  const soon =
    last !== undefined &&
    (Date.parse(last.expiresOn) - Date.parse(today)) / millisecondsPerDay < soonDays &&
    !over;
  if (over || soon || verdict.reason === 'expired') {
    return { kind: 'renew', planId: last?.planId ?? null, startsOn: dayAfter(over ? null : last, today) };
  }
  return { kind: 'none' };
}

function dayAfter(running: Membership | null | undefined, today: string): string {
  return running == null
    ? today
    : new Date(Date.parse(running.expiresOn) + millisecondsPerDay).toISOString().slice(0, 10);
}
