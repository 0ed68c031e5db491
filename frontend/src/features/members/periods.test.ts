import { expect, it } from 'vitest';
import { timeOf, type Period } from './periods';

it.each<[Period, string, string, { from: string; to?: string }]>([
  ['today', '2026-11-24', 'Africa/Kinshasa', { from: '2026-11-23T23:00:00.000Z' }],
  [
    'yesterday', '2026-11-24', 'Africa/Kinshasa',
    { from: '2026-11-22T23:00:00.000Z', to: '2026-11-23T23:00:00.000Z' },
  ],
  ['week', '2026-10-26', 'Europe/Paris', { from: '2026-10-19T22:00:00.000Z' }],
  [
    'yesterday', '2026-10-26', 'Europe/Paris',
    { from: '2026-10-24T22:00:00.000Z', to: '2026-10-25T23:00:00.000Z' },
  ],
  ['month', '2026-03-30', 'Europe/Paris', { from: '2026-02-28T23:00:00.000Z' }],
])('knows when %s begins and ends on %s in %s', (period, today, timeZone, expected) => {
  expect(timeOf(period, Date.parse(today), timeZone)).toEqual(expected);
});

it('leaves the time open when none is asked for', () => {
  expect(timeOf(null, 0, 'Europe/Paris')).toEqual({});
});
