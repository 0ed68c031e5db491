import type { SiteHours } from './api/me';

const dayMilliseconds = 86_400_000;

export type Opening =
  | { kind: 'always' }
  | { kind: 'until'; to: string }
  | { kind: 'closed'; next: { day: string; from: string } | null };

/** How it stands now. Days that meet at midnight are one: what is asked is when the doors really close. */
export function openingAt({ days }: SiteHours, now: number): Opening {
  const spans = days.flatMap(({ day, spans: some }) => some.map((span) => ({ day, ...span })));
  const open = spans.find(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to));
  if (open === undefined) {
    return { kind: 'closed', next: spans.find(({ from }) => Date.parse(from) > now) ?? null };
  }
  let to = open.to;
  for (const span of spans) {
    if (Date.parse(span.from) === Date.parse(to)) {
      to = span.to;
    }
  }
  return Date.parse(to) - now > dayMilliseconds ? { kind: 'always' } : { kind: 'until', to };
}
