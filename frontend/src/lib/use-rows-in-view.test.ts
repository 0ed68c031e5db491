import { expect, it } from 'vitest';
import { rowsInView } from './use-rows-in-view';

it.each([
  ['at the top', 0, 100, { from: 0, to: 20 }],
  ['in the middle', 5_000, 50_000, { from: 90, to: 120 }],
  ['at the end', 2_499_500, 50_000, { from: 49_980, to: 50_000 }],
  ['with few rows', 0, 3, { from: 0, to: 3 }],
  ['with none', 0, 0, { from: 0, to: 0 }],
])('draws what is in view %s', (_, scrolled, count, expected) => {
  expect(rowsInView(scrolled, 500, 50, count)).toEqual(expected);
});
