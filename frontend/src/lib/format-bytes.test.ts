import { expect, it } from 'vitest';
import { formatBytes } from './format-bytes';

it.each([
  [0, 'en', '0 kB'],
  [840, 'en', '0.8 kB'],
  [12_345, 'en', '12 kB'],
  [3_456_789, 'en', '3.5 MB'],
  [99_999_999, 'en', '100 MB'],
  [2_400_000_000_000, 'en', '2,400 GB'],
  [3_456_789, 'fr', '3,5\u202fMo'],
] as const)('says %s bytes in %s', (bytes, language, expected) => {
  expect(formatBytes(bytes, language)).toBe(expected);
});
