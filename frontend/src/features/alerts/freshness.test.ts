import { expect, it } from 'vitest';
import { freshnessOf } from './freshness';

const serverTime = '2026-11-24T17:05:00Z';
const at = Date.parse(serverTime);

it('is live while answers come', () => {
  const list = { serverTime, receivedAt: at + 5_000, hasFailed: false };
  expect(freshnessOf(list, at + 8_000, -5_000)).toEqual({ isFresh: true, listedAt: at, ageMilliseconds: 3_000 });
});

it('is old as soon as one try has failed, or none has ended for a while', () => {
  expect(freshnessOf({ serverTime, receivedAt: at, hasFailed: true }, at + 1_000, 0).isFresh).toBe(false);
  expect(freshnessOf({ serverTime, receivedAt: at, hasFailed: false }, at + 10_001, 0).isFresh).toBe(false);
});

it('is old when it was kept from before, and as old as the club’s clock says', () => {
  const kept = { serverTime, receivedAt: 0, hasFailed: false };
  expect(freshnessOf(kept, at + 70_000, -10_000)).toEqual({
    isFresh: false,
    listedAt: at,
    ageMilliseconds: 60_000,
  });
});
