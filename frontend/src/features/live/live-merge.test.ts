import { describe, expect, it } from 'vitest';
import {
  keptPerKind,
  kindOf,
  mergeDelta,
  mergeSnapshot,
  type LiveState,
  type MergeOutcome,
} from './live-merge';
import {
  sampleDecision,
  sampleDelta,
  sampleGate,
  sampleRefusal,
  sampleSnapshot,
  sampleUnknown,
} from './live-samples';

const start = (positions: number[] = []): LiveState =>
  mergeSnapshot(null, sampleSnapshot({ decisions: positions.map((position) => sampleDecision(position)) }));
const ids = (state: LiveState) => state.feed.map((item) => item.id);

function merged(outcome: MergeOutcome) {
  if (outcome.kind !== 'merged') {
    throw new Error(`expected a merge, got ${outcome.kind}`);
  }
  return outcome;
}

describe('mergeDelta', () => {
  it('adds what follows on what is known, newest first', () => {
    const delta = sampleDelta(100, 102, { decisions: [sampleDecision(102), sampleDecision(101)] });
    const { state, fresh } = merged(mergeDelta(start([100, 99]), delta));
    expect(ids(state)).toEqual(['102', '101', '100', '99']);
    expect(fresh.map((item) => item.id)).toEqual(['102', '101']);
    expect(state.asOf).toBe(102);
    expect(state.today.entries).toBe(41);
  });

  it('drops what is older than the state, whatever it carries', () => {
    const delta = sampleDelta(90, 99, {
      decisions: [sampleDecision(99)],
      today: { entries: 1, refusals: 0, insideTotal: 0 },
    });
    expect(mergeDelta(start(), delta)).toEqual({ kind: 'dropped' });
  });

  it('merges an overlapping delta and leaves out decisions it already has', () => {
    const delta = sampleDelta(98, 101, {
      decisions: [sampleDecision(101), sampleDecision(100), sampleDecision(99)],
    });
    const { state, fresh } = merged(mergeDelta(start([100, 99]), delta));
    expect(ids(state)).toEqual(['101', '100', '99']);
    expect(fresh.map((item) => item.id)).toEqual(['101']);
  });

  it('leaves out a decision that one delta carries twice', () => {
    const delta = sampleDelta(100, 101, { decisions: [sampleDecision(101), sampleDecision(101)] });
    expect(ids(merged(mergeDelta(start(), delta)).state)).toEqual(['101']);
  });

  it('asks for a refetch at a gap', () => {
    expect(mergeDelta(start(), sampleDelta(101, 105))).toEqual({ kind: 'refetch', reason: 'gap' });
  });

  it('asks for a refetch on a reset, even if the positions would fit', () => {
    expect(mergeDelta(start(), sampleDelta(100, 101, { reset: true }))).toEqual({
      kind: 'refetch',
      reason: 'reset',
    });
    expect(mergeDelta(start(), sampleDelta(0, 3, { reset: true }))).toEqual({
      kind: 'refetch',
      reason: 'reset',
    });
  });

  it('takes a sign of life without decisions, and keeps the feed as the same object', () => {
    const before = start([100]);
    const { state, fresh } = merged(
      mergeDelta(before, sampleDelta(100, 100, { gates: [sampleGate({ status: 'silent' })] })),
    );
    expect(state.feed).toBe(before.feed);
    expect(fresh).toEqual([]);
    expect(state.gates).toEqual([sampleGate({ status: 'silent' })]);
  });

  it('reports how many decisions were left out', () => {
    const delta = sampleDelta(100, 400, { skipped: 250, decisions: [sampleDecision(400)] });
    expect(merged(mergeDelta(start(), delta)).skipped).toBe(250);
  });

  it('puts decisions in journal order when a delta brings them out of order', () => {
    const delta = sampleDelta(100, 103, {
      decisions: [sampleDecision(101), sampleDecision(103), sampleDecision(102)],
    });
    expect(ids(merged(mergeDelta(start([100]), delta)).state)).toEqual(['103', '102', '101', '100']);
  });

  it('keeps arrival order when a door reports late what it decided alone', () => {
    const late = sampleDecision(101, { at: '2026-11-24T15:00:00Z', flags: ['offline'] });
    const { state } = merged(mergeDelta(start([100]), sampleDelta(100, 101, { decisions: [late] })));
    expect(ids(state)).toEqual(['101', '100']);
  });

  it('keeps unknown badges where they happened, between the positions around them', () => {
    const first = sampleDelta(100, 102, {
      decisions: [sampleUnknown('u2'), sampleDecision(102), sampleUnknown('u1')],
    });
    const second = sampleDelta(102, 103, { decisions: [sampleDecision(103), sampleUnknown('u3')] });
    const after = merged(mergeDelta(start([100]), first)).state;
    const { state } = merged(mergeDelta(after, second));
    expect(ids(state)).toEqual(['103', 'u3', 'u2', '102', 'u1', '100']);
  });

  it('takes unknown badges while the journal stands still, once each', () => {
    const delta = sampleDelta(100, 100, { decisions: [sampleUnknown('u1')] });
    const once = merged(mergeDelta(start([100]), delta));
    const twice = merged(mergeDelta(once.state, delta));
    expect(ids(once.state)).toEqual(['u1', '100']);
    expect(ids(twice.state)).toEqual(['u1', '100']);
    expect(twice.fresh).toEqual([]);
  });

  it('changes only the zones that moved, and says when it meets one it does not know', () => {
    const known = merged(
      mergeDelta(start(), sampleDelta(100, 101, { zones: [{ id: 'zon_1', inside: 12, estimated: true }] })),
    );
    expect(known.state.zones[0]).toMatchObject({
      name: 'Musculation',
      capacity: 90,
      inside: 12,
      estimated: true,
    });
    expect(known.incomplete).toBe(false);
    const unknown = merged(
      mergeDelta(start(), sampleDelta(100, 101, { zones: [{ id: 'zon_9', inside: 1, estimated: false }] })),
    );
    expect(unknown.incomplete).toBe(true);
    expect(unknown.state.zones).toHaveLength(1);
  });

  it('replaces a gate in its place and adds a new one at the end', () => {
    const gates = [sampleGate({ id: 'gat_2', name: 'Portillon 2' }), sampleGate({ queueLength: 14 })];
    const { state } = merged(mergeDelta(start(), sampleDelta(100, 101, { gates })));
    expect(state.gates.map((gate) => [gate.id, gate.queueLength])).toEqual([
      ['gat_1', 14],
      ['gat_2', 0],
    ]);
  });

  it('never changes the state it was given', () => {
    const before = start([100]);
    const copy = structuredClone(before);
    mergeDelta(
      before,
      sampleDelta(100, 101, { decisions: [sampleDecision(101)], gates: [sampleGate({ status: 'silent' })] }),
    );
    expect(before).toEqual(copy);
  });

  it('stays bounded, and a rush of entries does not push out the refusals', () => {
    let state = merged(mergeDelta(start(), sampleDelta(100, 101, { decisions: [sampleRefusal(101)] }))).state;
    for (let to = 151; to <= 5101; to += 50) {
      const decisions = Array.from({ length: 50 }, (_, index) => sampleDecision(to - index));
      state = merged(mergeDelta(state, sampleDelta(to - 50, to, { decisions }))).state;
    }
    expect(state.feed).toHaveLength(keptPerKind + 1);
    expect(state.feed.filter((item) => kindOf(item) === 'refusal').map((item) => item.id)).toEqual(['101']);
    expect(state.feed[0]?.id).toBe('5101');
  });

  it('does not call fresh what no longer has room', () => {
    const full = start(Array.from({ length: keptPerKind }, (_, index) => 100 - index));
    const { fresh } = merged(
      mergeDelta(full, sampleDelta(-50, 101, { decisions: [sampleDecision(101), sampleDecision(-10)] })),
    );
    expect(fresh.map((item) => item.id)).toEqual(['101']);
  });
});

describe('mergeSnapshot', () => {
  it('keeps the feed it had when it catches up after a gap', () => {
    const state = mergeSnapshot(
      start([100, 99]),
      sampleSnapshot({ asOf: 250, decisions: [sampleDecision(250), sampleDecision(100)] }),
    );
    expect(ids(state)).toEqual(['250', '100', '99']);
    expect(state.asOf).toBe(250);
  });

  it('starts afresh after a reset, when there is no previous state', () => {
    expect(ids(mergeSnapshot(null, sampleSnapshot({ asOf: 3, decisions: [sampleDecision(3)] })))).toEqual([
      '3',
    ]);
  });

  it('ignores an answer that newer deltas have overtaken', () => {
    const ahead = merged(
      mergeDelta(start([100]), sampleDelta(100, 120, { decisions: [sampleDecision(120)] })),
    ).state;
    expect(mergeSnapshot(ahead, sampleSnapshot({ asOf: 110, decisions: [sampleDecision(110)] }))).toBe(ahead);
  });

  it('lets the stream go on from an overlapping position after a reconnect', () => {
    const caughtUp = mergeSnapshot(
      start([100]),
      sampleSnapshot({ asOf: 110, decisions: [sampleDecision(110), sampleDecision(105)] }),
    );
    const resumed = sampleDelta(104, 112, {
      decisions: [sampleDecision(112), sampleDecision(110), sampleDecision(105)],
    });
    const { state, fresh } = merged(mergeDelta(caughtUp, resumed));
    expect(ids(state)).toEqual(['112', '110', '105', '100']);
    expect(fresh.map((item) => item.id)).toEqual(['112']);
  });
});

describe('kindOf', () => {
  it.each([
    [sampleDecision(1), 'entry'],
    [sampleDecision(1, { direction: 'out' }), 'exit'],
    [sampleRefusal(1), 'refusal'],
    [sampleRefusal(1, { direction: 'out' }), 'refusal'],
  ])('tells %o apart', (decision, kind) => {
    expect(kindOf(decision)).toBe(kind);
  });
});
