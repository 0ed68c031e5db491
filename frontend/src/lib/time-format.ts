import type { Language } from './i18n';

const nbsp = '\u00A0';
const clocks = new Map<string, Intl.DateTimeFormat>();

interface SiteTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

/** Formatters are costly to make and the feed asks for many a second, so one is kept per zone. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}

function siteTime(at: number, timeZone: string): SiteTime {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const { type, value } of clockOf(timeZone).formatToParts(at)) {
    if (type in parts) {
      parts[type as keyof SiteTime] = Number(value);
    }
  }
  return parts;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function hourAndMinute(hour: number, minute: number, language: Language): string {
  return language === 'fr'
    ? `${hour}${nbsp}h${nbsp}${twoDigits(minute)}`
    : `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** `18 h 05` or `18:05`, as the clock on the site's wall shows it. */
export function formatClock(at: number, timeZone: string, language: Language): string {
  const { hour, minute } = siteTime(at, timeZone);
  return hourAndMinute(hour, minute, language);
}

/** Opening hours as people say them: `9 h`, `18 h 30`, or `09:00` in English. */
export function formatHour(hours: string, language: Language): string {
  const [hour = 0, minute = 0] = hours.split(':').map(Number);
  return language === 'fr' && minute === 0 ? `${hour}${nbsp}h` : hourAndMinute(hour, minute, language);
}

function localeOf(language: Language): string {
  return language === 'fr' ? 'fr-FR' : 'en-GB';
}

/** `mardi 24 novembre` or `Tuesday 24 November`. */
export function formatToday(at: number, timeZone: string, language: Language): string {
  const options = { timeZone, weekday: 'long', day: 'numeric', month: 'long' } as const;
  return new Intl.DateTimeFormat(localeOf(language), options).format(at).replace(',', '');
}

/** `mars 2024` or `March 2024`. */
export function formatMonth(at: number, timeZone: string, language: Language): string {
  return new Intl.DateTimeFormat(localeOf(language), { timeZone, month: 'long', year: 'numeric' }).format(at);
}

/** When something happened, as a list tells it: the hour today, else the day. */
export function formatMoment(at: number, now: number, timeZone: string, language: Language): string {
  const day = siteDate(at, timeZone);
  const today = siteDate(now, timeZone);
  return day === today ? formatClock(at, timeZone, language) : formatDate(day, today, language);
}

const millisecondsPerDay = 86_400_000;

/** Calendar dates are handled as midnights in UTC, so that no time zone can move them. */
export function parseDate(isoDate: string): number {
  return Date.parse(`${isoDate.slice(0, 10)}T00:00:00Z`);
}

export function siteDate(at: number, timeZone: string): number {
  const { year, month, day } = siteTime(at, timeZone);
  return Date.UTC(year, month - 1, day);
}

export function daysBetween(earlier: number, later: number): number {
  return Math.round((later - earlier) / millisecondsPerDay);
}

/** `21 nov.`, with the year only if it is not this year. */
export function formatDate(date: number, today: number, language: Language): string {
  const sameYear = new Date(date).getUTCFullYear() === new Date(today).getUTCFullYear();
  const formatted = new Intl.DateTimeFormat(localeOf(language), {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: sameYear ? undefined : 'numeric',
  }).format(date);
  return language === 'fr' ? formatted.replace(/^1(?=\s)/, '1er').replaceAll(' ', nbsp) : formatted;
}

export type Age =
  | { kind: 'now' }
  | { kind: 'seconds'; count: number }
  | { kind: 'minutes'; count: number }
  | { kind: 'clock' }
  | { kind: 'date' };

const justNowMilliseconds = 10_000;

/** How long ago, in the steps people use. Seconds move in tens, so that a row of gates does not flicker. */
export function ageOf(at: number, now: number, timeZone: string): Age {
  const elapsed = now - at;
  if (elapsed < justNowMilliseconds) {
    return { kind: 'now' };
  }
  if (elapsed < 60_000) {
    return { kind: 'seconds', count: Math.floor(elapsed / 10_000) * 10 };
  }
  if (elapsed < 3_600_000) {
    return { kind: 'minutes', count: Math.floor(elapsed / 60_000) };
  }
  return siteDate(at, timeZone) === siteDate(now, timeZone) ? { kind: 'clock' } : { kind: 'date' };
}
