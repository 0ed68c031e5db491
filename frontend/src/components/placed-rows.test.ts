import { expect, it } from 'vitest';
import { pagesOf } from './placed-rows';

it.each([
  ['at the top, where the first page is enough', 0, 48, 50_000, []],
  ['before the end of the first page', 40, 88, 50_000, [1]],
  ['in the middle of a page', 25_040, 25_060, 50_000, [250]],
  ['across two pages', 25_080, 25_128, 50_000, [250, 251]],
  ['at the end', 49_952, 50_000, 50_000, [499]],
  ['in a list of one page', 0, 20, 20, []],
  ['in an empty list', 0, 0, 0, []],
])('asks for what is looked at %s', (_, from, to, count, expected) => {
  expect(pagesOf(from, to, count)).toEqual(expected);
});
