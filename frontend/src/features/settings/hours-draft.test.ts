import { describe, expect, it } from 'vitest';
import { days, draftOf, nextSpan, overlapsOf, toRequest, type Span } from './hours-draft';

describe('opening hours', () => {
  const hours = {
    week: [
      { days: ['mon', 'tue'], from: '06:00', to: '12:00' },
      { days: ['mon'], from: '14:00', to: '24:00' },
    ],
    days: [
      { day: '2026-12-25', name: 'Noël', from: null, to: null },
      { day: '2026-12-31', name: null, from: '08:00', to: '24:00' },
    ],
  };

  it('come back as they went out', () => {
    expect(toRequest(draftOf(hours))).toEqual(hours);
  });

  it('show the end of a day as midnight, and no hours as none', () => {
    expect(draftOf(hours).week.mon[1]).toEqual({ from: '14:00', to: '00:00' });
    expect(draftOf(null).week.sun).toEqual([]);
  });

  const night: Span = { from: '18:00', to: '02:00' };
  const empty = draftOf(null);
  const weekOf = (spans: Span[]) => Object.fromEntries(days.map((day) => [day, spans])) as typeof empty.week;

  it('may touch, and may not overlap on a day or past midnight', () => {
    expect(overlapsOf({ week: weekOf([{ from: '06:00', to: '18:00' }, night]), special: [] }).week).toEqual([]);
    expect(overlapsOf({ week: weekOf([{ from: '01:00', to: '12:00' }, night]), special: [] }).week).toEqual(days);
    const whole: Span = { from: '00:00', to: '00:00' };
    expect(overlapsOf({ week: weekOf([whole]), special: [] }).week).toEqual([]);
    const sunday = { ...empty.week, sun: [night], mon: [{ from: '01:30', to: '08:00' }] };
    expect(overlapsOf({ week: sunday, special: [] }).week).toEqual(['mon']);
    expect(overlapsOf({ week: { ...empty.week, tue: [night, night] }, special: [] }).week).toEqual(['tue']);
    expect(overlapsOf({ week: { ...empty.week, tue: [night, { from: '', to: '' }] }, special: [] }).week).toEqual([]);
  });

  it('are offered where they fit', () => {
    expect(nextSpan([])).toEqual({ from: '06:00', to: '22:00' });
    expect(nextSpan([{ from: '06:00', to: '12:00' }])).toEqual({ from: '14:00', to: '18:00' });
    expect(nextSpan([{ from: '06:00', to: '22:00' }])).toEqual({ from: '', to: '' });
  });

  it('of a day that differs may not meet the nights beside it', () => {
    const on = (day: string, from: string, to: string) => ({ day, name: '', closed: false, from, to });
    const week = { ...empty.week, sun: [night], tue: [{ from: '06:00', to: '12:00' }] };
    // 21 December 2026 is a Monday.
    expect(overlapsOf({ week, special: [on('2026-12-21', '02:00', '06:00')] }).special).toEqual([]);
    expect(overlapsOf({ week, special: [on('2026-12-21', '01:00', '06:00')] }).special).toEqual([0]);
    expect(overlapsOf({ week, special: [on('2026-12-21', '20:00', '07:00')] }).special).toEqual([0]);
    const closed = { ...on('2026-12-22', '06:00', '12:00'), closed: true };
    expect(overlapsOf({ week, special: [on('2026-12-21', '20:00', '07:00'), closed] }).special).toEqual([]);
    expect(overlapsOf({ week, special: [on('', '01:00', '06:00')] }).special).toEqual([]);
  });
});
