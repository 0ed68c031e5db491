import { kindOf, type FeedItem } from './live-merge';
import type { Arrivals } from './live-store';

export const feedFilters = ['all', 'entries', 'refusals'] as const;
export type FeedFilter = (typeof feedFilters)[number];

export const rowsMax = 100;

export function isFeedFilter(value: string): value is FeedFilter {
  return (feedFilters as readonly string[]).includes(value);
}

function passes(item: FeedItem, filter: FeedFilter): boolean {
  return filter === 'all' || kindOf(item) === (filter === 'entries' ? 'entry' : 'refusal');
}

export function filterFeed(feed: readonly FeedItem[], filter: FeedFilter): FeedItem[] {
  return feed.filter((item) => passes(item, filter)).slice(0, rowsMax);
}

/** How many arrived under this filter. Passages that came without details count only where nothing is filtered out. */
export function arrivedUnder({ entry, exit, refusal, skipped }: Arrivals, filter: FeedFilter): number {
  switch (filter) {
    case 'all':
      return entry + exit + refusal + skipped;
    case 'entries':
      return entry;
    case 'refusals':
      return refusal;
  }
}
