import { describe, expect, it } from 'vitest';
import { mergeSnapshot } from './live-merge';
import { sampleDecision, sampleRefusal, sampleSnapshot, sampleUnknown } from './live-samples';
import type { Decision } from './live-types';
import { cardsShown, openRefusals, openRefusalsMax } from './refusals';

const items = (...decisions: Decision[]) => mergeSnapshot(null, sampleSnapshot({ decisions })).feed;
const ids = (list: readonly { id: string }[]) => list.map((item) => item.id);
const now = Date.parse('2026-11-24T17:05:00Z');

describe('openRefusals', () => {
  it('takes refusals and unknown badges, newest first, and no entries', () => {
    const open = openRefusals(
      [],
      items(sampleUnknown('u1'), sampleRefusal(3), sampleDecision(2)),
      new Set(),
      now,
    );
    expect(ids(open)).toEqual(['u1', '3']);
  });

  it('puts new ones before those that still wait, and no one twice', () => {
    const first = items(sampleRefusal(3));
    expect(ids(openRefusals(first, items(sampleRefusal(4), sampleRefusal(3)), new Set(), now))).toEqual([
      '4',
      '3',
    ]);
  });

  it('does not bring back what was handled', () => {
    expect(openRefusals([], items(sampleRefusal(3)), new Set(['3']), now)).toEqual([]);
  });

  it('leaves to the list what happened long before the page was opened', () => {
    const old = sampleRefusal(3, { at: '2026-11-24T16:40:00Z' });
    expect(openRefusals([], items(old), new Set(), now)).toEqual([]);
  });

  it('stays bounded', () => {
    let open = openRefusals([], [], new Set(), now);
    for (let position = 1; position <= openRefusalsMax + 50; position += 1) {
      open = openRefusals(open, items(sampleRefusal(position)), new Set(), now);
    }
    expect(open).toHaveLength(openRefusalsMax);
    expect(open[0]?.id).toBe(String(openRefusalsMax + 50));
  });
});

describe('cardsShown', () => {
  const open = items(sampleRefusal(5), sampleRefusal(4), sampleRefusal(3), sampleRefusal(2));

  it('shows the newest', () => {
    expect(ids(cardsShown(open, [], false, 3))).toEqual(['5', '4', '3']);
  });

  it('keeps the cards in place while the hand is on them', () => {
    expect(ids(cardsShown(open, items(sampleRefusal(3), sampleRefusal(2)), true, 3))).toEqual([
      '3',
      '2',
      '5',
    ]);
    expect(ids(cardsShown(open, open.slice(1), true, 3))).toEqual(['4', '3', '2']);
  });

  it('lets a card go once it is handled, even under the hand', () => {
    const left = open.filter((item) => item.id !== '4');
    expect(ids(cardsShown(left, open.slice(0, 3), true, 3))).toEqual(['5', '3', '2']);
  });
});
