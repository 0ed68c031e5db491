import { expect, it } from 'vitest';
import { rowsInView } from './use-rows-in-view';

it.each([
  ['at the top', 0, false, 100, { from: 0, to: 20 }],
  ['in the middle', 5_000, false, 50_000, { from: 90, to: 120 }],
  ['in the middle in a rush', 5_010, true, 50_000, { from: 100, to: 111 }],
  ['at the end', 2_499_500, false, 50_000, { from: 49_980, to: 50_000 }],
  ['at the end in a rush', 2_499_500, true, 50_000, { from: 49_990, to: 50_000 }],
  ['with few rows', 0, false, 3, { from: 0, to: 3 }],
  ['with none', 0, false, 0, { from: 0, to: 0 }],
])('draws what is in view %s', (_, scrolled, rushing, count, expected) => {
  expect(rowsInView({ scrolled, height: 500, rushing }, 50, count)).toEqual(expected);
});
