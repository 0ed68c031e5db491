import type { Connection } from '@/lib/connection';
import { perTab, readStored, writeStored } from '@/lib/storage';
import { kindOf, mergeDelta, mergeSnapshot, type FeedItem, type Kind, type LiveState } from './live-merge';
import type { LiveDelta, LiveSnapshot } from './live-types';
import { openRefusals } from './refusals';

export const publishMilliseconds = 250;
/** Above this rate rows appear without movement. */
export const calmPerSecond = 5;
const handledKey = 'smartclub.live.handled';
const handledMax = 1_000;

export interface Failure {
  code: string;
  status: number;
  nextTryAt: number | null;
}

/** How many passages of each kind have arrived since the page was opened; `skipped` ones came without their details. */
export type Arrivals = Record<Kind | 'skipped', number>;

export interface LiveView {
  state: LiveState | null;
  open: readonly FeedItem[];
  arrivals: Arrivals;
  /** What has just come and may move into place; empty when passages are many, and everything stands still. */
  moving: ReadonlySet<string>;
  connection: Connection;
  failure: Failure | null;
  /** What the server's clock shows beyond this computer's. */
  clockOffset: number;
}

const nothing: ReadonlySet<string> = new Set();

const emptyView: LiveView = {
  state: null,
  open: [],
  arrivals: { entry: 0, exit: 0, refusal: 0, skipped: 0 },
  moving: nothing,
  connection: { kind: 'connecting' },
  failure: null,
  clockOffset: 0,
};

/**
 * What the live page shows. Arrivals are merged at once and shown in groups, at most one every 250 ms; what a person
 * does is shown immediately.
 */
export class LiveStore {
  #view = emptyView;
  #published = emptyView;
  #publishedAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #moving: string[] = [];
  #recent: { at: number; count: number }[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #handled = new Set<string>(readStored(perTab, handledKey)?.split(' ').filter(Boolean));

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly getView = (): LiveView => this.#published;

  get asOf(): number | null {
    return this.#view.state?.asOf ?? null;
  }

  takeSnapshot(snapshot: LiveSnapshot, startAfresh: boolean): void {
    const previous = startAfresh ? null : this.#view.state;
    const state = mergeSnapshot(previous, snapshot);
    const serverNow = Date.parse(snapshot.serverTime);
    const open = openRefusals(startAfresh ? [] : this.#view.open, state.feed, this.#handled, serverNow);
    const arrivals =
      previous === null ? this.#view.arrivals : this.#counted(newIn(state.feed, previous.feed), 0);
    this.#change({ state, open, arrivals, failure: null, clockOffset: serverNow - Date.now() }, true);
  }

  /** Says whether the delta fitted; if it did not, only a snapshot helps. */
  takeDelta(delta: LiveDelta): 'taken' | 'incomplete' | 'gap' | 'reset' {
    if (this.#view.state === null) {
      return 'gap';
    }
    const outcome = mergeDelta(this.#view.state, delta);
    if (outcome.kind === 'refetch') {
      return outcome.reason;
    }
    if (outcome.kind === 'dropped') {
      return 'taken';
    }
    const { state, fresh, skipped } = outcome;
    const open = openRefusals(this.#view.open, fresh, this.#handled, Date.now() + this.#view.clockOffset);
    const calm = this.#rate(fresh.length + skipped) > calmPerSecond;
    this.#moving = calm ? [] : [...this.#moving, ...fresh.map((item) => item.id)];
    this.#change({ state, open, arrivals: this.#counted(fresh, skipped) });
    return outcome.incomplete ? 'incomplete' : 'taken';
  }

  setConnection(connection: Connection): void {
    this.#change({ connection }, true);
  }

  setFailure(failure: Failure | null): void {
    this.#change({ failure }, true);
  }

  markHandled(items: readonly FeedItem[]): void {
    const ids = new Set(items.map((item) => item.id));
    ids.forEach((id) => this.#handled.add(id));
    this.#keepHandled();
    this.#change({ open: this.#view.open.filter((item) => !ids.has(item.id)) }, true);
  }

  undoHandled(items: readonly FeedItem[]): void {
    items.forEach((item) => this.#handled.delete(item.id));
    this.#keepHandled();
    const back = [...this.#view.open, ...items].sort((a, b) => b.order - a.order);
    this.#change({ open: back }, true);
  }

  #counted(fresh: readonly FeedItem[], skipped: number): Arrivals {
    const arrivals = { ...this.#view.arrivals, skipped: this.#view.arrivals.skipped + skipped };
    for (const item of fresh) {
      arrivals[kindOf(item)] += 1;
    }
    return arrivals;
  }

  #keepHandled(): void {
    const newest = [...this.#handled].slice(-handledMax);
    writeStored(perTab, handledKey, newest.join(' '));
  }

  #rate(count: number): number {
    const now = Date.now();
    this.#recent = [...this.#recent.filter((group) => now - group.at < 1_000), { at: now, count }];
    return this.#recent.reduce((sum, group) => sum + group.count, 0);
  }

  #change(change: Partial<LiveView>, immediately = false): void {
    this.#view = { ...this.#view, ...change };
    const wait = this.#publishedAt + publishMilliseconds - Date.now();
    if (immediately || wait <= 0) {
      this.#publish();
    } else {
      this.#timer ??= setTimeout(() => {
        this.#publish();
      }, wait);
    }
  }

  #publish(): void {
    if (this.#timer !== null) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    this.#publishedAt = Date.now();
    this.#published = { ...this.#view, moving: new Set(this.#moving) };
    this.#moving = [];
    this.#listeners.forEach((listener) => {
      listener();
    });
  }
}

function newIn(feed: readonly FeedItem[], before: readonly FeedItem[]): FeedItem[] {
  const known = new Set(before.map((item) => item.id));
  return feed.filter((item) => !known.has(item.id));
}
