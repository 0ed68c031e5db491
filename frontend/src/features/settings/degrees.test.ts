import { expect, it } from 'vitest';
import { formatDegrees, pairOf, parseDegrees } from './degrees';

it.each([
  ['-4.3033', -4.3033],
  ['\u22124,3033', -4.3033],
  [' 15,3105 ° ', 15.3105],
  ['15,3105 °', 15.3105],
  ['+180', 180],
  ['', undefined],
  ['est', undefined],
  ['1e3', undefined],
  ['4.3.0', undefined],
])('reads %j as %j', (text, degrees) => {
  expect(parseDegrees(text)).toBe(degrees);
});

it('takes both from what a map gives', () => {
  expect(pairOf('-4.3033, 15.3105')).toEqual(['-4.3033', '15.3105']);
  expect(pairOf('-4.3033')).toBeNull();
  expect(pairOf('-4,3033')).toBeNull();
});

it('writes them as the language does', () => {
  expect(formatDegrees(-4.3033, 'fr')).toBe('\u22124,3033');
  expect(formatDegrees(15.31051234567, 'en')).toBe('15.310512');
});
