import type { Decision, LiveDelta, LiveSnapshot } from './live-types';

/**
 * How many entries, exits and refusals are kept, each on its own: a rush of entries must not push the
 * refusals of the last hour out of memory.
 */
export const keptPerKind = 100;

/** A decision with its place in the feed. Unknown badges borrow the place of the journal entry they came after. */
export interface FeedItem extends Decision {
  order: number;
}

export interface LiveState {
  asOf: number;
  sites: LiveSnapshot['sites'];
  zones: LiveSnapshot['zones'];
  gates: LiveSnapshot['gates'];
  today: LiveSnapshot['today'];
  /** Newest first, no id twice. */
  feed: FeedItem[];
}

export type MergeOutcome =
  /** `fresh` is what was not in the feed before; `incomplete` says that a snapshot knows more, such as a new zone. */
  | { kind: 'merged'; state: LiveState; fresh: FeedItem[]; skipped: number; incomplete: boolean }
  | { kind: 'dropped' }
  | { kind: 'refetch'; reason: 'reset' | 'gap' };

export type Kind = 'entry' | 'exit' | 'refusal';

export function kindOf(decision: Decision): Kind {
  if (decision.decision === 'deny') {
    return 'refusal';
  }
  return decision.direction === 'in' ? 'entry' : 'exit';
}

/** A newest-first batch as feed items; what is older than every position in the batch came after `floor`. */
function ordered(decisions: Decision[], floor: number): FeedItem[] {
  let order = floor;
  const oldestFirst = decisions.toReversed().map((decision) => {
    order = decision.position ?? order;
    return { ...decision, order };
  });
  return oldestFirst.reverse();
}

function newestFirst(a: FeedItem, b: FeedItem): number {
  if (a.order !== b.order) {
    return b.order - a.order;
  }
  const aBorrows = a.position === null;
  if (aBorrows !== (b.position === null)) {
    return aBorrows ? -1 : 1;
  }
  return Date.parse(b.at) - Date.parse(a.at) || b.id.localeCompare(a.id, 'en', { numeric: true });
}

function bounded(feed: FeedItem[]): FeedItem[] {
  const kept: Record<Kind, number> = { entry: 0, exit: 0, refusal: 0 };
  return feed.filter((item) => {
    const kind = kindOf(item);
    kept[kind] += 1;
    return kept[kind] <= keptPerKind;
  });
}

function withoutKnown(items: FeedItem[], known: FeedItem[]): FeedItem[] {
  const ids = new Set(known.map((item) => item.id));
  return items.filter((item) => {
    if (ids.has(item.id)) {
      return false;
    }
    ids.add(item.id);
    return true;
  });
}

function mergedFeed(fresh: FeedItem[], known: FeedItem[]): FeedItem[] {
  return bounded([...fresh, ...known].sort(newestFirst));
}

/**
 * A snapshot as state. With a previous state of the same journal its feed is kept beside the new one, and an
 * answer that was overtaken by newer deltas changes nothing.
 */
export function mergeSnapshot(previous: LiveState | null, snapshot: LiveSnapshot): LiveState {
  if (previous !== null && snapshot.asOf < previous.asOf) {
    return previous;
  }
  const items = withoutKnown(ordered(snapshot.decisions, 0), previous?.feed ?? []);
  const { asOf, sites, zones, gates, today } = snapshot;
  return { asOf, sites, zones, gates, today, feed: mergedFeed(items, previous?.feed ?? []) };
}

/** The one rule of the live page: drop what is older, ask again at a gap, merge the rest. */
export function mergeDelta(state: LiveState, delta: LiveDelta): MergeOutcome {
  if (delta.reset) {
    return { kind: 'refetch', reason: 'reset' };
  }
  if (delta.from > state.asOf) {
    return { kind: 'refetch', reason: 'gap' };
  }
  if (delta.to < state.asOf) {
    return { kind: 'dropped' };
  }
  const zoneChanges = new Map(delta.zones.map((zone) => [zone.id, zone]));
  const knownZones = new Set(state.zones.map((zone) => zone.id));
  const gates = new Map([...state.gates, ...delta.gates].map((gate) => [gate.id, gate]));
  const arrived = withoutKnown(ordered(delta.decisions, delta.from), state.feed);
  const feed = arrived.length === 0 ? state.feed : mergedFeed(arrived, state.feed);
  const arrivedIds = new Set(arrived.map((item) => item.id));
  return {
    kind: 'merged',
    fresh: feed.filter((item) => arrivedIds.has(item.id)),
    skipped: delta.skipped,
    incomplete: delta.zones.some((zone) => !knownZones.has(zone.id)),
    state: {
      asOf: delta.to,
      sites: state.sites,
      zones: state.zones.map((zone) => ({ ...zone, ...zoneChanges.get(zone.id) })),
      gates: [...gates.values()],
      today: delta.today,
      feed,
    },
  };
}
