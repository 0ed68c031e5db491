import type { Language } from './i18n';

const units = ['kilobyte', 'megabyte', 'gigabyte'] as const;
const step = 1_000;

/** As people say it: `0,8 Mo`, `12 MB`. */
export function formatBytes(bytes: number, language: Language): string {
  const size = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3) - 1));
  const value = bytes / step ** (size + 1);
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[size],
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}
