import { parseDate } from './time-format';

const millisecondsPerDay = 86_400_000;

/**
 * The last day included, as the server counts it: a month ends the day before the same day of the next; where that day
 * is missing, on that month's last.
 */
export function lastDay(startsOn: string, months: number | null, days: number | null): string {
  const start = new Date(parseDate(startsOn));
  if (days !== null) {
    return isoDate(start.getTime() + (days - 1) * millisecondsPerDay);
  }
  const wanted = start.getUTCDate();
  const end = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + (months ?? 0), 1));
  const inMonth = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  const day = Math.min(wanted, inMonth);
  const same = Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), day);
  return isoDate(day === wanted ? same - millisecondsPerDay : same);
}

export function isoDate(date: number): string {
  return new Date(date).toISOString().slice(0, 10);
}
