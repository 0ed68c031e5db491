import { describe, expect, it } from 'vitest';
import { draftOf, toRequest } from './hours-draft';

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
});
