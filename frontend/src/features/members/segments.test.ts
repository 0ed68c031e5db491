import { expect, test } from 'vitest';
import { filterOf, segmentOf } from './segments';

const today = Date.parse('2026-11-24');
const week = { status: 'active', expiresFrom: '2026-11-24', expiresTo: '2026-12-01' };

test('a kept group means the same days from whatever day it is opened on', () => {
  const kept = segmentOf('Cette semaine', week, today);
  expect(filterOf(kept, today)).toEqual(week);
  expect(filterOf(kept, Date.parse('2026-12-30'))).toEqual({
    status: 'active',
    expiresFrom: '2026-12-30',
    expiresTo: '2027-01-06',
  });
});

test('a kept group without days is the filter itself', () => {
  expect(filterOf(segmentOf('Dettes', { owes: true }, today), today)).toEqual({ owes: true });
});
