import { describe, expect, it } from 'vitest';
import {
  ageOf,
  daysBetween,
  formatClock,
  formatDate,
  formatHour,
  formatToday,
  parseDate,
  siteDate,
} from './time-format';

const kinshasa = 'Africa/Kinshasa';
const at = (iso: string) => Date.parse(iso);

describe('times in the zone of the site', () => {
  it('writes the clock as each language does', () => {
    expect(formatClock(at('2026-11-24T17:05:00Z'), kinshasa, 'fr')).toBe('18\u00A0h\u00A005');
    expect(formatClock(at('2026-11-24T17:05:00Z'), kinshasa, 'en')).toBe('18:05');
    expect(formatClock(at('2026-11-24T23:30:00Z'), kinshasa, 'fr')).toBe('0\u00A0h\u00A030');
  });

  it('follows daylight saving of the site, not of the browser', () => {
    expect(formatClock(at('2026-03-29T00:30:00Z'), 'Europe/Paris', 'en')).toBe('01:30');
    expect(formatClock(at('2026-03-29T01:30:00Z'), 'Europe/Paris', 'en')).toBe('03:30');
  });

  it('leaves out zero minutes in hours that are spoken', () => {
    expect(formatHour('09:00', 'fr')).toBe('9\u00A0h');
    expect(formatHour('18:30', 'fr')).toBe('18\u00A0h\u00A030');
    expect(formatHour('09:00', 'en')).toBe('09:00');
  });

  it('names the day without a comma', () => {
    expect(formatToday(at('2026-11-24T17:05:00Z'), kinshasa, 'fr')).toBe('mardi 24 novembre');
    expect(formatToday(at('2026-11-24T17:05:00Z'), kinshasa, 'en')).toBe('Tuesday 24 November');
  });

  it('moves to the next day at the midnight of the site', () => {
    expect(siteDate(at('2026-11-24T22:59:59Z'), kinshasa)).toBe(parseDate('2026-11-24'));
    expect(siteDate(at('2026-11-24T23:00:00Z'), kinshasa)).toBe(parseDate('2026-11-25'));
    expect(daysBetween(parseDate('2026-02-28'), parseDate('2026-03-01'))).toBe(1);
  });

  it('writes dates with the year only when it is another one', () => {
    const today = parseDate('2026-11-24');
    expect(formatDate(parseDate('2026-12-01'), today, 'fr')).toBe('1er\u00A0déc.');
    expect(formatDate(parseDate('2026-11-21'), today, 'fr')).toBe('21\u00A0nov.');
    expect(formatDate(parseDate('2025-11-21'), today, 'en')).toBe('21 Nov 2025');
  });
});

describe('ages', () => {
  const now = at('2026-11-24T17:05:00Z');
  it.each([
    ['2026-11-24T17:04:51Z', { kind: 'now' }],
    ['2026-11-24T17:05:20Z', { kind: 'now' }],
    ['2026-11-24T17:04:16Z', { kind: 'seconds', count: 40 }],
    ['2026-11-24T17:02:00Z', { kind: 'minutes', count: 3 }],
    ['2026-11-24T15:02:00Z', { kind: 'clock' }],
    ['2026-11-23T15:02:00Z', { kind: 'date' }],
  ])('%s is %o', (when, age) => {
    expect(ageOf(at(when), now, kinshasa)).toEqual(age);
  });
});
