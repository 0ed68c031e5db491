import type { UsualDay } from './api/get-usual-day';

export const chartWidth = 328;
export const chartHeight = 150;
const plotWidth = 296;
const plotTop = 12;
const plotBottom = 126;
const minutesOfDay = 24 * 60;
const earliest = 6 * 60;
const gridLines = 3;

export interface Chart {
  band: string;
  usual: string;
  today: string;
  now: { x: number; y: number; count: number };
  ticks: { y: number; count: number }[];
  hours: { x: number; hour: number }[];
}

/** A round number of people at the top, so that the lines between are round too. */
export function topOf(most: number): number {
  const steps = [3, 6, 12, 15, 30, 60, 90, 120, 150, 180, 240, 300, 450, 600, 900, 1_200, 1_500, 3_000];
  return steps.find((step) => step >= most) ?? Math.ceil(most / 3_000) * 3_000;
}

/** How many are inside at this minute of the day, as the board itself says it. */
export interface InsideNow {
  minute: number;
  count: number;
}

/** The first minute that is shown. */
function beginning({ slotMinutes, today, usual }: UsualDay): number {
  const busy = (slot: number) => (today[slot] ?? 0) > 0 || (usual?.[slot]?.high ?? 0) > 0;
  const first = Array.from({ length: earliest / slotMinutes }, (_, slot) => slot).find(busy);
  return first === undefined ? earliest : first * slotMinutes;
}

export interface UsualRow {
  /** On the wall of the site, `hh:mm`. */
  time: string;
  /** Null: not yet. */
  today: number | null;
  usual: { low: number; middle: number; high: number } | null;
}

/** The same figures, one line for each hour. */
export function rowsOf(day: UsualDay): UsualRow[] {
  const { slotMinutes, today, usual } = day;
  const hours = Array.from({ length: 24 }, (_, hour) => hour).filter((hour) => hour * 60 >= beginning(day));
  return hours.map((hour) => {
    const slot = (hour * 60) / slotMinutes;
    return {
      time: `${String(hour).padStart(2, '0')}:00`,
      today: today[slot] ?? null,
      usual: usual?.[slot] ?? null,
    };
  });
}

/** The lines of the chart. The night is left out unless somebody was there. */
export function chartOf(day: UsualDay, now: InsideNow): Chart {
  const { slotMinutes, today, usual } = day;
  const from = beginning(day);
  const top = topOf(Math.max(1, now.count, ...today, ...(usual ?? []).map((slot) => slot.high)));
  const x = (slot: number) => ((slot * slotMinutes - from) / (minutesOfDay - from)) * plotWidth;
  const y = (count: number) => plotBottom - (count / top) * (plotBottom - plotTop);
  const start = from / slotMinutes;
  const line = (counts: readonly number[]) =>
    counts
      .map((count, slot) => [slot, count] as const)
      .filter(([slot]) => slot >= start)
      .map(([slot, count], i) => `${i === 0 ? 'M' : 'L'}${x(slot).toFixed(1)} ${y(count).toFixed(1)}`)
      .join('');
  const high = (usual ?? []).map((slot) => slot.high);
  const low = (usual ?? []).map((slot) => slot.low);
  const back = low
    .map((count, slot) => [slot, count] as const)
    .filter(([slot]) => slot >= start)
    .reverse()
    .map(([slot, count]) => `L${x(slot).toFixed(1)} ${y(count).toFixed(1)}`)
    .join('');
  const at = { x: Math.max(0, x(now.minute / slotMinutes)), y: y(now.count), count: now.count };
  return {
    band: usual === null ? '' : `${line(high)}${back}Z`,
    usual: line((usual ?? []).map((slot) => slot.middle)),
    today: `${line(today)}${today.length > start ? 'L' : 'M'}${at.x.toFixed(1)} ${at.y.toFixed(1)}`,
    now: at,
    ticks: Array.from({ length: gridLines + 1 }, (_, i) => ({
      y: y((top / gridLines) * i),
      count: (top / gridLines) * i,
    })),
    hours: [6, 9, 12, 15, 18, 21]
      .filter((hour) => hour * 60 >= from)
      .map((hour) => ({ hour, x: x((hour * 60) / slotMinutes) })),
  };
}

/** How many more or fewer than usual are inside now, or null where the usual is not known. */
export function againstUsual({ usual, slotMinutes }: UsualDay, now: InsideNow): number | null {
  const place = now.minute / slotMinutes;
  const before = usual?.[Math.floor(place)];
  if (before === undefined) {
    return null;
  }
  const after = usual?.[Math.floor(place) + 1] ?? before;
  return Math.round(now.count - before.middle - (after.middle - before.middle) * (place % 1));
}
