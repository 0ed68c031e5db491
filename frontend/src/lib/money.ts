import type { Language } from './i18n';

/** An amount in minor units, as the server tells it. */
export interface Money {
  amount?: number;
  /** A code of three letters; the description of the API leaves its type open. */
  currency?: unknown;
}

const minorPerUnit = 100;

/** `45,00 $`, `125 000 FC`: francs without centimes, a real minus, spaces that do not break. */
export function formatMoney({ amount = 0, currency: code }: Money, language: Language): string {
  const currency = typeof code === 'string' ? code : 'USD';
  const digits = currency === 'CDF' ? 0 : 2;
  const formatted = new Intl.NumberFormat(language === 'fr' ? 'fr-CD' : 'en-GB', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount / minorPerUnit);
  return formatted.replace('CDF', 'FC').replace('-', '\u2212');
}
