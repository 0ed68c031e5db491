import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { knownReasons, reasonText, type ReasonDetail } from './reason-text';

// The refusals of the gate protocol, in its order of precedence.
const protocolReasons = [
  'device_disabled',
  'unknown_credential',
  'pass_invalid',
  'pass_expired',
  'pass_used',
  'revoked',
  'suspended',
  'not_started',
  'expired',
  'payment_overdue',
  'frozen',
  'wrong_zone',
  'outside_hours',
  'quota_exhausted',
  'anti_passback',
  'capacity_full',
];

function say(
  reason: string,
  detail: ReasonDetail | null = null,
  language: 'fr' | 'en' = 'fr',
  zoneName = 'Piscine',
) {
  return reasonText({ reason, detail }, {
    t: i18next.getFixedT(language),
    language,
    timeZone: 'Africa/Kinshasa',
    zoneName,
    now: Date.parse('2026-11-24T17:05:00Z'),
  });
}

describe('reasonText', () => {
  it('has words for every refusal of the gate protocol', () => {
    expect(knownReasons).toEqual(protocolReasons);
  });

  it.each(protocolReasons)('says %s without details too', (reason) => {
    expect(say(reason)).not.toBe(say('a_reason_of_tomorrow'));
    expect(say(reason, {}, 'en')).not.toContain('refused');
  });

  it('says only that entry was refused for a code of a later version', () => {
    expect(say('a_reason_of_tomorrow')).toBe('Accès refusé');
  });

  it.each([
    ['expired', { expiredOn: '2026-11-20' }, 'Abonnement expiré depuis 3\u00A0jours'],
    ['expired', { expiredOn: '2026-11-22' }, 'Abonnement expiré depuis 1\u00A0jour'],
    ['expired', { expiredOn: '2026-11-23' }, 'Abonnement expiré depuis aujourd’hui'],
    ['expired', { expiredOn: '2026-08-31' }, 'Abonnement expiré le 31\u00A0août'],
    ['not_started', { startsOn: '2026-12-01' }, 'Abonnement à partir du 1er\u00A0déc.'],
    ['outside_hours', { hours: '09:00-18:30' }, 'Hors horaires\u00A0: de 9\u00A0h à 18\u00A0h\u00A030'],
    ['anti_passback', { insideSince: '2026-11-24T15:41:00Z' }, 'Déjà à l’intérieur depuis 16\u00A0h\u00A041'],
    ['quota_exhausted', { visitsUsed: 8, visitsAllowed: 8 }, '8\u00A0visites sur 8'],
    ['capacity_full', { capacity: 20 }, 'Piscine sans place, 20 sur 20'],
    ['wrong_zone', {}, 'Non compris\u00A0: Piscine'],
  ])('says %s with %o', (reason, detail, words) => {
    expect(say(reason, detail)).toBe(words);
  });
});
