import { formatClock, formatDate, formatHour, siteDate } from '@/lib/time-format';
import type { Opens } from './api/me';
import { language, text, type TextKey } from './texts';

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `23 décembre`, with the year only if it is another one. */
export function longDay(isoDay: string, now: number = Date.now()): string {
  const day = Date.parse(`${isoDay.slice(0, 10)}T00:00:00Z`);
  const year = new Date(day).getUTCFullYear() === new Date(now).getUTCFullYear() ? undefined : 'numeric';
  const said = new Intl.DateTimeFormat(language() === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year,
  }).format(day);
  return (language() === 'fr' ? said.replace(/^1(?=\s)/, '1er') : said).replaceAll(' ', '\u00A0');
}

/** The moment of something, as the clock of its site shows it; without one, of this phone. */
export const clock = (at: string | number, timeZone: string = here()) =>
  formatClock(typeof at === 'number' ? at : Date.parse(at), timeZone, language());

/** `18 h`, `18 h 30` or `18:00`, as opening hours are said. */
export const clockShort = (at: string, timeZone: string) =>
  formatHour(formatClock(Date.parse(at), timeZone, 'en'), language());

/** `mardi`, or `Tuesday`. */
export const weekday = (isoDay: string) =>
  new Intl.DateTimeFormat(language() === 'fr' ? 'fr-FR' : 'en-GB', { timeZone: 'UTC', weekday: 'long' }).format(
    Date.parse(`${isoDay}T00:00:00Z`),
  );

export function shortDay(at: string, timeZone: string = here(), now: number = Date.now()): string {
  return formatDate(siteDate(Date.parse(at), timeZone), siteDate(now, timeZone), language());
}

export const hourOfDay = (hour: number) => formatHour(`${String(hour)}:00`, language());

/** When a zone opens to a membership, in a line: `lun., mar., 9 h à 18 h`. */
export function opensWhen({ schedule }: Opens): string {
  if (schedule === null) {
    return text('plans.always');
  }
  return schedule
    .map(({ days, from, to }) => {
      const named = days.map((day) => text(`days.${day}` as TextKey));
      const said = days.length === 7 ? text('days.everyDay') : named.join(' ');
      const end = to === '24:00' ? '00:00' : to;
      return `${said}, ${text('days.range', { from: formatHour(from, language()), to: formatHour(end, language()) })}`;
    })
    .join('\u00A0· ');
}
