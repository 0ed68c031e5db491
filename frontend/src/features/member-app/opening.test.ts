import { describe, expect, it } from 'vitest';
import type { SiteHours } from './api/me';
import { openingAt } from './opening';

const at = (time: string) => Date.parse(`2026-11-${time}:00Z`);

function site(...spans: [day: number, from: string, to: string][]): SiteHours {
  const days = [...new Set(spans.map(([day]) => day))].map((day) => ({
    day: `2026-11-${day}`,
    name: null,
    special: false,
    spans: spans
      .filter(([one]) => one === day)
      .map(([, from, to]) => ({ from: `2026-11-${from}:00Z`, to: `2026-11-${to}:00Z` })),
  }));
  return { siteId: 'sit_1', site: 'Gombe', timeZone: 'UTC', today: '2026-11-24', days };
}

const week = site(
  [24, '24T00:00', '25T00:00'],
  [25, '25T00:00', '26T00:00'],
  [26, '26T06:00', '26T12:00'],
  [26, '26T12:00', '26T22:00'],
);

describe('openingAt', () => {
  it.each([
    ['24T10:00', { kind: 'always' }],
    ['25T10:00', { kind: 'until', to: '2026-11-26T00:00:00Z' }],
    ['26T03:00', { kind: 'closed', next: { day: '2026-11-26', from: '2026-11-26T06:00:00Z' } }],
    ['26T08:00', { kind: 'until', to: '2026-11-26T22:00:00Z' }],
    ['26T22:00', { kind: 'closed', next: null }],
  ])('says at %s how it stands', (time, expected) => {
    expect(openingAt(week, at(time))).toMatchObject(expected);
  });
});
