import type { Site } from './api/commands';

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof days)[number];

/** Hours of one day; the last minute of a day is shown as midnight. */
export interface Span {
  from: string;
  to: string;
}

export interface SpecialDraft extends Span {
  day: string;
  name: string;
  closed: boolean;
}

export interface HoursDraft {
  week: Record<Day, Span[]>;
  special: SpecialDraft[];
}

export const usualSpan: Span = { from: '06:00', to: '22:00' };
const endOfDay = '24:00';
const shown = (to: string) => (to === endOfDay ? '00:00' : to);
const sent = (to: string) => (to === '00:00' ? endOfDay : to);

export function draftOf(hours: Site['hours']): HoursDraft {
  const week = Object.fromEntries(days.map((day) => [day, [] as Span[]])) as HoursDraft['week'];
  for (const { days: open, from, to } of hours?.week ?? []) {
    for (const day of open ?? []) {
      week[day as Day].push({ from: from ?? '', to: shown(to ?? '') });
    }
  }
  const special = (hours?.days ?? []).map(({ day, name, from, to }) => ({
    day: day ?? '',
    name: name ?? '',
    closed: from === null,
    from: from ?? usualSpan.from,
    to: shown(to ?? usualSpan.to),
  }));
  return { week, special };
}

/** Days with the same hours are said once. */
export function toRequest({ week, special }: HoursDraft) {
  const windows = new Map<string, { days: Day[]; from: string; to: string }>();
  for (const day of days) {
    for (const { from, to } of week[day]) {
      const known = windows.get(`${from} ${to}`);
      if (known === undefined) {
        windows.set(`${from} ${to}`, { days: [day], from, to: sent(to) });
      } else if (!known.days.includes(day)) {
        known.days.push(day);
      }
    }
  }
  return {
    week: [...windows.values()],
    days: special.map(({ day, name, closed, from, to }) => ({
      day,
      name: name === '' ? null : name,
      from: closed ? null : from,
      to: closed ? null : sent(to),
    })),
  };
}
