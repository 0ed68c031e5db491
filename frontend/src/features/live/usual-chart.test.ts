import { describe, expect, it } from 'vitest';
import type { UsualDay } from './api/get-usual-day';
import { againstUsual, chartOf, rowsOf, topOf } from './usual-chart';

const day = (today: number[], usual: [number, number, number][] | null): UsualDay => ({
  siteId: 'ste_1',
  day: '2026-11-24',
  days: usual === null ? 0 : 4,
  slotMinutes: 30,
  usual: usual?.map(([low, middle, high]) => ({ low, middle, high })) ?? null,
  today,
  isEstimated: false,
});
const quiet = Array.from({ length: 48 }, () => [0, 0, 0] as [number, number, number]);

describe('the chart of the usual day', () => {
  it('has a top that divides into round lines', () => {
    expect([1, 3, 4, 100, 179, 3_001].map(topOf)).toEqual([3, 3, 6, 120, 180, 6_000]);
  });

  it('begins at six, or earlier where somebody was there', () => {
    expect(chartOf(day([0, 0], quiet), { minute: 40, count: 0 }).hours[0]).toEqual({ hour: 6, x: 0 });
    const early = quiet.map((slot, i) => (i === 8 ? ([1, 1, 2] as [number, number, number]) : slot));
    expect(chartOf(day([0], early), { minute: 10, count: 0 }).hours[0]?.x).toBeGreaterThan(20);
  });

  it('stops today at now, and draws no usual day that is not known', () => {
    const chart = chartOf(day(Array.from({ length: 37 }, (_, slot) => (slot < 12 ? 0 : 5)), null), {
      minute: 1_085,
      count: 7,
    });
    expect([chart.band, chart.usual]).toEqual(['', '']);
    expect(chart.today.match(/[ML]/g)).toHaveLength(37 - 12 + 1);
    expect(chart.now.count).toBe(7);
  });

  it('tells the same figures in a table, an hour a line', () => {
    const usual = quiet.map((_, slot): [number, number, number] => (slot === 12 ? [1, 1.5, 2] : [0, 0, 0]));
    const rows = rowsOf(day(Array.from({ length: 15 }, (_, slot) => slot + 1), usual));
    expect(rows[0]).toEqual({ time: '00:00', today: 1, usual: { low: 0, middle: 0, high: 0 } });
    expect(rows[6]).toEqual({ time: '06:00', today: 13, usual: { low: 1, middle: 1.5, high: 2 } });
    expect(rows[8]).toEqual({ time: '08:00', today: null, usual: { low: 0, middle: 0, high: 0 } });
    expect(rowsOf(day([0], null)).map(({ usual: none }) => none)).toEqual(Array.from({ length: 18 }, () => null));
  });

  it('compares now with the middle of the past days', () => {
    const usual = quiet.map((_, slot): [number, number, number] => [4, slot < 36 ? 6 : 10, 12]);
    expect(againstUsual(day([], usual), { minute: 600, count: 10 })).toBe(4);
    expect(againstUsual(day([], usual), { minute: 1_065, count: 10 })).toBe(2);
    expect(againstUsual(day([], null), { minute: 600, count: 10 })).toBeNull();
  });
});
