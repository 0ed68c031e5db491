import { expect, it } from 'vitest';
import { formatMoney } from './money';
import { lastDay } from './plan-length';

it.each([
  ['2026-11-24', 1, null, '2026-12-23'],
  ['2026-01-31', 1, null, '2026-02-28'],
  ['2028-01-31', 1, null, '2028-02-29'],
  ['2026-12-01', 12, null, '2027-11-30'],
  ['2026-11-24', null, 30, '2026-12-23'],
  ['2026-11-24', null, 1, '2026-11-24'],
])('from %s, %s months or %s days, ends on %s', (start, months, days, end) => {
  expect(lastDay(start, months, days)).toBe(end);
});

it('writes money as people read it', () => {
  expect(formatMoney({ amount: 4500, currency: 'USD' }, 'fr')).toBe('45,00\u00A0$');
  expect(formatMoney({ amount: 12_500_000, currency: 'CDF' }, 'fr')).toBe('125\u202F000\u00A0FC');
  expect(formatMoney({ amount: -4500, currency: 'USD' }, 'en')).toBe('\u2212$45.00');
});
