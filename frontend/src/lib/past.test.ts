import { expect, test } from 'vitest';
import { fromMomentField, toMomentField } from './past';

test.each([
  ['Africa/Kinshasa', '2026-11-24T08:05:59.999Z', '2026-11-24T09:05'],
  ['Europe/Paris', '2026-03-29T01:30:59.999Z', '2026-03-29T03:30'],
  ['Europe/Paris', '2026-03-29T00:30:59.999Z', '2026-03-29T01:30'],
  ['America/New_York', '2026-11-24T02:00:59.999Z', '2026-11-23T21:00'],
])('a moment in %s is read and written by the club’s clock', (timeZone, moment, field) => {
  expect(toMomentField(Date.parse(moment), timeZone)).toBe(field);
  expect(new Date(fromMomentField(field, timeZone) ?? 0).toISOString()).toBe(moment);
});

test('an empty field is no moment', () => {
  expect(fromMomentField('', 'Europe/Paris')).toBeNull();
});
