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
const afternoon: Span = { from: '14:00', to: '18:00' };
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

const minutesOfDay = 1440;
const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const reach = ({ from, to }: Span) => minute(to) + (minute(to) <= minute(from) ? minutesOfDay : 0);
const isWhole = ({ from, to }: Span) => from !== '' && to !== '';
const begins = (other: Span, within: Span) =>
  minute(within.from) <= minute(other.from) && minute(other.from) < reach(within);
const overlapWithin = (spans: Span[]) =>
  spans.some((one, at) =>
    spans.some((other, to) => at !== to && isWhole(one) && isWhole(other) && begins(other, one)),
  );
/** Whether the hours of one day run past midnight into those of the next. */
const spills = (spans: Span[], next: Span[]) =>
  spans
    .filter(isWhole)
    .some((span) => next.some(({ from }) => from !== '' && reach(span) - minutesOfDay > minute(from)));

/** Hours to begin with, beside those of the day; where the usual ones would run into them, none. */
export function nextSpan(spans: Span[]): Span {
  return spans.length === 0 ? usualSpan : overlapWithin([...spans, afternoon]) ? { from: '', to: '' } : afternoon;
}

/** Days, and places among the days that differ, whose hours run into others: as the server looks at them. */
export function overlapsOf({ week, special }: HoursDraft): { week: Day[]; special: number[] } {
  const on = (date: string): Span[] => {
    const differing = special.find(({ day }) => day === date);
    return differing === undefined
      ? week[days[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon']
      : differing.closed ? [] : [differing];
  };
  const beside = (date: string, step: number) => {
    const other = new Date(`${date}T00:00:00Z`);
    other.setUTCDate(other.getUTCDate() + step);
    return on(other.toISOString().slice(0, 10));
  };
  return {
    week: days.filter((day, at) => overlapWithin(week[day]) || spills(week[days[(at + 6) % 7] ?? 'sun'], week[day])),
    special: special.flatMap((one, at) =>
      !one.closed && one.day !== '' && (spills(beside(one.day, -1), [one]) || spills([one], beside(one.day, 1)))
        ? [at]
        : [],
    ),
  };
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
