import { describe, expect, it } from 'vitest';
import { sampleMember, sampleMembership } from './member-samples';
import { verdictOf, wayOutOf } from './verdict';

const now = Date.parse('2026-11-24T17:05:00Z');
const today = '2026-11-24';
const zone = (reason: 'ok' | 'expired' | 'payment_overdue' | 'suspended') => ({
  zoneId: 'zon_1',
  reason,
  planName: 'Standard',
  detail: null,
});
const denied = (reason: 'expired' | 'anti_passback', at = '2026-11-24T17:03:00Z') => ({
  position: 7,
  decision: 'deny',
  at,
  reason,
  detail: null,
  gateId: 'gat_1',
  zoneId: 'zon_1',
  direction: 'in' as const,
});

describe('what the desk sees first', () => {
  it('is the refusal of a moment ago, with its door', () => {
    const verdict = verdictOf(sampleMember({ zones: [zone('expired')], lastAccess: denied('expired') }), now);
    expect(verdict).toMatchObject({ kind: 'refused', reason: 'expired', refusal: { gateId: 'gat_1' } });
  });

  it('turns green as soon as the right is back, although the last scan was refused', () => {
    const verdict = verdictOf(sampleMember({ zones: [zone('ok')], lastAccess: denied('expired') }), now);
    expect(verdict.kind).toBe('open');
  });

  it('stays red for what is not about rights', () => {
    const verdict = verdictOf(sampleMember({ zones: [zone('ok')], lastAccess: denied('anti_passback') }), now);
    expect(verdict).toMatchObject({ kind: 'refused', reason: 'anti_passback' });
  });

  it('forgets a refusal that is long over', () => {
    const old = denied('anti_passback', '2026-11-24T16:00:00Z');
    expect(verdictOf(sampleMember({ zones: [zone('ok')], lastAccess: old }), now).kind).toBe('open');
  });

  it('says since when somebody is inside', () => {
    const inside = [{ zoneId: 'zon_1', since: '2026-11-24T16:41:00Z' }];
    expect(verdictOf(sampleMember({ zones: [zone('ok')], inside }), now)).toMatchObject({
      kind: 'inside',
      since: '2026-11-24T16:41:00Z',
    });
  });

  it('names the reason a person would name first', () => {
    const member = sampleMember({ zones: [zone('expired'), { ...zone('payment_overdue'), zoneId: 'zon_2' }] });
    expect(verdictOf(member, now).reason).toBe('payment_overdue');
  });
});

describe('the way out', () => {
  const way = (member: ReturnType<typeof sampleMember>) => wayOutOf(member, verdictOf(member, now), today);

  it('is to renew from today when the last membership is over', () => {
    const memberships = [sampleMembership({ expiresOn: '2026-11-20', ended: true })];
    expect(way(sampleMember({ zones: [zone('expired')], memberships }))).toEqual({
      kind: 'renew',
      planId: 'pln_1',
      startsOn: today,
    });
  });

  it('is to renew from the day after when it ends soon', () => {
    const memberships = [sampleMembership({ expiresOn: '2026-11-26' })];
    expect(way(sampleMember({ zones: [zone('ok')], memberships }))).toMatchObject({ startsOn: '2026-11-27' });
  });

  it('is nothing when all is well', () => {
    const memberships = [sampleMembership({ expiresOn: '2027-01-26' })];
    expect(way(sampleMember({ zones: [zone('ok')], memberships }))).toEqual({ kind: 'none' });
  });

  it('is to pay what is owed, and to lift a suspension before all else', () => {
    const memberships = [sampleMembership({ paid: false })];
    expect(way(sampleMember({ zones: [zone('payment_overdue')], memberships }))).toMatchObject({ kind: 'pay' });
    const suspended = sampleMember({ zones: [zone('suspended')], memberships, status: 'suspended' });
    expect(way(suspended)).toEqual({ kind: 'resume' });
  });
});
