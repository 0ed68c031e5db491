import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/lib/api-client';
import type { WatchHandlers } from './api/watch-live';
import { sampleDecision, sampleDelta, sampleRefusal, sampleSnapshot } from './live-samples';
import { LiveSession } from './live-session';
import { LiveStore } from './live-store';
import type { LiveSnapshot } from './live-types';

interface Line extends WatchHandlers {
  after: number;
  breakOff: (error?: unknown) => void;
}

function setUp(snapshots: (LiveSnapshot | ApiError)[]) {
  const store = new LiveStore();
  const lines: Line[] = [];
  const loadSnapshot = vi.fn(() => {
    const next = snapshots.shift();
    return next instanceof ApiError || next === undefined
      ? Promise.reject(next ?? new ApiError(500, 'no_more_snapshots', ''))
      : Promise.resolve(next);
  });
  const watch = (after: number, handlers: WatchHandlers, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => {
        resolve();
      });
      lines.push({ ...handlers, after, breakOff: reject });
      handlers.onOpen();
    });
  const stop = new AbortController();
  const session = new LiveSession(store, { loadSnapshot, watch, random: () => 0.5 });
  void session.run(stop.signal);
  const line = () => {
    const last = lines.at(-1);
    if (last === undefined) {
      throw new Error('no line was opened');
    }
    return last;
  };
  const feed = () => store.getView().state?.feed.map((item) => item.id);
  return { store, session, lines, line, loadSnapshot, stop, feed };
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-24T17:01:00Z') });
  sessionStorage.clear();
});
afterEach(() => vi.useRealTimers());

describe('the live session', () => {
  it('asks for what a new line left out, and not for what a rush leaves out', async () => {
    const { line, loadSnapshot, feed } = setUp([
      sampleSnapshot({ decisions: [sampleDecision(100)] }),
      sampleSnapshot({
        asOf: 103,
        decisions: [sampleDecision(103), sampleDecision(102), sampleDecision(101)],
      }),
    ]);
    await pass(0);
    line().onDelta(sampleDelta(100, 103, { skipped: 2, decisions: [sampleDecision(103)] }));
    await pass(0);
    expect(feed()).toEqual(['103', '102', '101', '100']);
    line().onDelta(sampleDelta(103, 105, { skipped: 1, decisions: [sampleDecision(105)] }));
    await pass(0);
    expect(loadSnapshot).toHaveBeenCalledTimes(2);
  });

  it('loads, then follows from the position of the snapshot', async () => {
    const { store, line, feed } = setUp([sampleSnapshot({ decisions: [sampleDecision(100)] })]);
    await pass(0);
    expect(line().after).toBe(100);
    expect(store.getView().connection.kind).toBe('connecting');
    line().onDelta(sampleDelta(100, 101, { decisions: [sampleDecision(101)] }));
    expect(store.getView().connection.kind).toBe('live');
    await pass(250);
    expect(feed()).toEqual(['101', '100']);
  });

  it('calls a silent line live once it has held for a second', async () => {
    const { store, line } = setUp([sampleSnapshot()]);
    await pass(999);
    line().breakOff(new Error('network'));
    await pass(500);
    expect(store.getView().connection.kind).toBe('lost');
    await pass(1_000);
    expect(store.getView().connection.kind).toBe('live');
  });

  it('shows arrivals in groups, at most one every 250 ms', async () => {
    const { store, line } = setUp([sampleSnapshot()]);
    await pass(300);
    const renders = vi.fn();
    store.subscribe(renders);
    for (let to = 101; to <= 150; to += 1) {
      line().onDelta(sampleDelta(to - 1, to, { decisions: [sampleDecision(to)] }));
      await pass(20);
    }
    await pass(250);
    expect(renders.mock.calls.length).toBeLessThanOrEqual(6);
    expect(store.getView().arrivals.entry).toBe(50);
    expect(store.getView().moving.size).toBe(0);
  });

  it('comes back from the last position it knows, with growing waits', async () => {
    const { store, lines, line, loadSnapshot } = setUp([sampleSnapshot()]);
    await pass(0);
    line().onDelta(sampleDelta(100, 107));
    line().breakOff(new Error('network'));
    await pass(0);
    expect(store.getView().connection).toMatchObject({
      kind: 'lost',
      since: Date.now(),
      nextTryAt: Date.now() + 500,
    });
    await pass(500);
    expect(lines.map((each) => each.after)).toEqual([100, 107]);
    line().breakOff(new Error('network'));
    await pass(0);
    expect(store.getView().connection).toMatchObject({ nextTryAt: Date.now() + 1_000 });
    await pass(1_000);
    line().onDelta(sampleDelta(107, 110));
    line().breakOff(new Error('network'));
    await pass(0);
    expect(store.getView().connection).toMatchObject({ nextTryAt: Date.now() + 500 });
    expect(loadSnapshot).toHaveBeenCalledTimes(1);
  });

  it('tries at once when asked to', async () => {
    const { session, lines, line } = setUp([sampleSnapshot()]);
    await pass(0);
    line().breakOff(new Error('network'));
    await pass(10);
    session.tryNow();
    await pass(0);
    expect(lines).toHaveLength(2);
  });

  it('asks for a snapshot at a gap, and then takes what came meanwhile', async () => {
    const { line, loadSnapshot, feed } = setUp([
      sampleSnapshot({ decisions: [sampleDecision(100)] }),
      sampleSnapshot({ asOf: 205, decisions: [sampleDecision(205)] }),
    ]);
    await pass(0);
    line().onDelta(sampleDelta(200, 204, { decisions: [sampleDecision(204)] }));
    line().onDelta(sampleDelta(204, 206, { decisions: [sampleDecision(206)] }));
    await pass(250);
    expect(loadSnapshot).toHaveBeenCalledTimes(2);
    expect(feed()).toEqual(['206', '205', '100']);
  });

  it('starts afresh after a reset', async () => {
    const { store, line, feed } = setUp([
      sampleSnapshot({ decisions: [sampleRefusal(100)] }),
      sampleSnapshot({ asOf: 3, decisions: [sampleDecision(3)] }),
    ]);
    await pass(0);
    line().onDelta(sampleDelta(0, 3, { reset: true }));
    await pass(250);
    expect(feed()).toEqual(['3']);
    expect(store.getView().open).toEqual([]);
    line().onDelta(sampleDelta(3, 4, { decisions: [sampleDecision(4)] }));
    await pass(250);
    expect(feed()).toEqual(['4', '3']);
  });

  it('says why it cannot begin, waits as long as the server asks, and begins then', async () => {
    const late = new ApiError(503, 'not_active', '', { retryAfterSeconds: 4 });
    const { store, loadSnapshot } = setUp([late, sampleSnapshot()]);
    await pass(0);
    expect(store.getView().failure).toEqual({
      code: 'not_active',
      status: 503,
      nextTryAt: Date.now() + 4_000,
    });
    await pass(3_999);
    expect(loadSnapshot).toHaveBeenCalledTimes(1);
    await pass(1);
    expect(store.getView().failure).toBeNull();
    expect(store.getView().state?.asOf).toBe(100);
  });

  it('asks once, not for ever, for a zone it does not know', async () => {
    const { line, loadSnapshot } = setUp([sampleSnapshot(), sampleSnapshot({ asOf: 101 })]);
    await pass(31_000);
    const zones = [{ id: 'zon_9', inside: 1, estimated: false }];
    line().onDelta(sampleDelta(100, 101, { zones }));
    await pass(250);
    line().onDelta(sampleDelta(101, 102, { zones }));
    await pass(250);
    expect(loadSnapshot).toHaveBeenCalledTimes(2);
  });

  it('stops for good when the page goes', async () => {
    const { stop, lines, loadSnapshot } = setUp([sampleSnapshot(), sampleSnapshot()]);
    await pass(0);
    stop.abort();
    await pass(60_000);
    expect(lines).toHaveLength(1);
    expect(loadSnapshot).toHaveBeenCalledTimes(1);
  });
});

describe('refusals on the desk', () => {
  it('stay until handled, also after a reload of the page, and come back when the hand was too quick', async () => {
    const snapshot = sampleSnapshot({ decisions: [sampleRefusal(100), sampleRefusal(99)] });
    const { store } = setUp([snapshot]);
    await pass(0);
    const [newest] = store.getView().open;
    store.markHandled(newest === undefined ? [] : [newest]);
    expect(store.getView().open.map((item) => item.id)).toEqual(['99']);
    const reloaded = setUp([snapshot]);
    await pass(0);
    expect(reloaded.store.getView().open.map((item) => item.id)).toEqual(['99']);
    store.undoHandled(newest === undefined ? [] : [newest]);
    expect(store.getView().open.map((item) => item.id)).toEqual(['100', '99']);
  });
});
