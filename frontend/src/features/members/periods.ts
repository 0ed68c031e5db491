import { dayStart } from '@/lib/past';

/** Times that people ask for. */
export const periods = ['today', 'yesterday', 'week', 'month'] as const;

export type Period = (typeof periods)[number];

const millisecondsPerDay = 86_400_000;

/** The first day of each, as so many before today, and the one after its last. */
const days: Record<Period, { from: number; to?: number }> = {
  today: { from: 0 },
  yesterday: { from: 1, to: 0 },
  week: { from: 6 },
  month: { from: 29 },
};

/** Its first moment and the one after its last, by the club's clock. `today` is as `siteDate` gives it. */
export function timeOf(
  period: Period | null,
  today: number,
  timeZone: string,
): { from?: string; to?: string } {
  if (period === null) {
    return {};
  }
  const start = (ago: number) => new Date(dayStart(today - ago * millisecondsPerDay, timeZone)).toISOString();
  const { from, to } = days[period];
  return { from: start(from), ...(to !== undefined && { to: start(to) }) };
}
