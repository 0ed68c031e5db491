import { ApiError } from '@/lib/api-client';
import type { WatchHandlers } from './api/watch-live';
import type { LiveStore } from './live-store';
import type { LiveDelta, LiveSnapshot } from './live-types';

const firstDelayMilliseconds = 500;
const longestDelayMilliseconds = 15_000;
/** A snapshot is asked again for one unknown zone, but not for every message that names it. */
const incompleteReloadMilliseconds = 30_000;
const heldDeltasMax = 200;
/** A line that opens and breaks at once is no line: without a message it counts as live only after this long. */
const provenMilliseconds = 1_000;

export interface LiveSources {
  loadSnapshot: (signal: AbortSignal) => Promise<LiveSnapshot>;
  watch: (after: number, handlers: WatchHandlers, signal: AbortSignal) => Promise<void>;
  random: () => number;
}

function failureOf(error: unknown): { code: string; status: number; retryAfterSeconds: number | null } {
  return error instanceof ApiError ? error : { code: 'unexpected', status: 0, retryAfterSeconds: null };
}

/**
 * Keeps the store in step with the server for as long as it runs: loads, follows, asks again at a gap, and after
 * a break comes back from the last position it knows, waiting longer after each failure.
 */
export class LiveSession {
  readonly #store: LiveStore;
  readonly #sources: LiveSources;
  #lastHeard = Date.now();
  #failures = 0;
  #startAfresh = false;
  #needsSnapshot = true;
  #reloading = false;
  #reloadedAt = 0;
  #heldDeltas: LiveDelta[] = [];
  #wake: (() => void) | null = null;

  constructor(store: LiveStore, sources: LiveSources) {
    this.#store = store;
    this.#sources = sources;
  }

  /** Ends a wait before its time: the network is back, the page is looked at again, or somebody pressed "retry". */
  tryNow(): void {
    this.#wake?.();
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.#needsSnapshot) {
          await this.#load(signal);
        }
        await this.#follow(signal);
      } catch (error) {
        if (!isAborted(signal)) {
          await this.#waitAfter(error, signal);
          continue;
        }
      }
      if (!isAborted(signal)) {
        await this.#waitAfter(null, signal);
      }
    }
  }

  async #load(signal: AbortSignal): Promise<void> {
    const snapshot = await this.#sources.loadSnapshot(signal);
    signal.throwIfAborted();
    this.#lastHeard = Date.now();
    this.#reloadedAt = Date.now();
    this.#store.takeSnapshot(snapshot, this.#startAfresh);
    this.#startAfresh = false;
    this.#needsSnapshot = false;
  }

  /** One life of the line. A reload that fails ends it, so that there is one way to wait and to try again. */
  async #follow(signal: AbortSignal): Promise<void> {
    const line = new AbortController();
    const endLine = () => {
      line.abort();
    };
    signal.addEventListener('abort', endLine, { once: true });
    let reloadFault: unknown = null;
    let proven: ReturnType<typeof setTimeout> | undefined;
    let first = true;
    const reload = () => {
      this.#load(line.signal).then(
        () => {
          this.#reloading = false;
          const held = this.#heldDeltas.splice(0);
          held.forEach(onDelta);
        },
        (error: unknown) => {
          reloadFault = error;
          this.#needsSnapshot = true;
          endLine();
        },
      );
    };
    const onDelta = (delta: LiveDelta) => {
      this.#hear();
      this.#failures = 0;
      const begins = this.#take(delta, first);
      first = false;
      if (begins) {
        reload();
      }
    };
    try {
      const onOpen = () => {
        proven = setTimeout(() => {
          this.#hear();
        }, provenMilliseconds);
      };
      await this.#sources.watch(this.#store.asOf ?? 0, { onOpen, onDelta }, line.signal);
    } finally {
      clearTimeout(proven);
      signal.removeEventListener('abort', endLine);
      endLine();
      this.#reloading = false;
      this.#heldDeltas = [];
    }
    if (reloadFault !== null) {
      throw reloadFault as Error;
    }
  }

  /** Says whether a reload must begin now. Deltas that come during a reload wait for it. */
  #take(delta: LiveDelta, first: boolean): boolean {
    if (this.#reloading) {
      this.#heldDeltas = [...this.#heldDeltas.slice(1 - heldDeltasMax), delta];
      return false;
    }
    const taken = this.#store.takeDelta(delta);
    this.#startAfresh = taken === 'reset';
    const missesOne = taken === 'incomplete' && Date.now() - this.#reloadedAt > incompleteReloadMilliseconds;
    // In a rush nobody reads what was left out; of what happened while the line was cut, a snapshot tells more.
    const missedWhileCut = first && taken === 'taken' && delta.skipped > 0;
    this.#reloading = taken === 'gap' || taken === 'reset' || missesOne || missedWhileCut;
    return this.#reloading;
  }

  #hear(): void {
    this.#lastHeard = Date.now();
    if (this.#store.getView().connection.kind !== 'live') {
      this.#store.setConnection({ kind: 'live' });
    }
  }

  async #waitAfter(error: unknown, signal: AbortSignal): Promise<void> {
    const { code, status, retryAfterSeconds } = failureOf(error);
    const growing = Math.min(firstDelayMilliseconds * 2 ** this.#failures, longestDelayMilliseconds);
    const spread = growing * (0.8 + 0.4 * this.#sources.random());
    const delay = Math.max(spread, (retryAfterSeconds ?? 0) * 1_000);
    this.#failures += 1;
    const nextTryAt = Date.now() + delay;
    if (this.#store.asOf === null) {
      this.#store.setFailure({ code, status, nextTryAt });
    } else {
      this.#store.setConnection({ kind: 'lost', since: this.#lastHeard, nextTryAt });
    }
    await this.#sleep(delay, signal);
    if (signal.aborted) {
      return;
    }
    const { connection, failure } = this.#store.getView();
    if (connection.kind === 'lost') {
      this.#store.setConnection({ ...connection, nextTryAt: null });
    }
    if (failure !== null) {
      this.#store.setFailure({ ...failure, nextTryAt: null });
    }
  }

  #sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.#wake = null;
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener('abort', done, { once: true });
      this.#wake = done;
    });
  }
}

/** Asked anew after each wait: the compiler would otherwise believe that the answer cannot change. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
