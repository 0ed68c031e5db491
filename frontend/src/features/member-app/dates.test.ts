import { beforeEach, describe, expect, it } from 'vitest';
import { longDay, opensWhen, shortDay } from './dates';
import { speak } from './texts';

const zone = { zoneId: 'zon_1', zone: 'Musculation', site: 'Gombe' };
const now = Date.UTC(2026, 10, 24);

describe('dates of the app', () => {
  beforeEach(() => {
    speak('fr');
  });

  it('say a day in full, with its year only if it is another one', () => {
    expect(longDay('2026-12-01', now)).toBe('1er\u00A0décembre');
    expect(longDay('2027-01-15', now)).toBe('15\u00A0janvier\u00A02027');
    speak('en');
    expect(longDay('2026-12-01', now)).toBe('1\u00A0December');
  });

  it('say a day by the clock of its site', () => {
    expect(shortDay('2026-11-23T23:30:00Z', 'Africa/Kinshasa', now)).toBe('24\u00A0nov.');
    expect(shortDay('2026-11-23T23:30:00Z', 'America/New_York', now)).toBe('23\u00A0nov.');
  });

  it('say when a zone opens', () => {
    expect(opensWhen({ ...zone, schedule: null })).toBe('à toute heure');
    const schedule = [{ days: ['mon', 'tue'], from: '09:00', to: '24:00' }];
    expect(opensWhen({ ...zone, schedule })).toBe('lun. mar., 9\u00A0h à 0\u00A0h');
  });
});
