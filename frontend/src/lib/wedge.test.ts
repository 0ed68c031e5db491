import { describe, expect, it } from 'vitest';
import { WedgeReader } from './wedge';

function read(keys: string[], gap: number, enterGap = gap): string | null {
  const reader = new WedgeReader();
  let at = 1_000;
  keys.forEach((key) => {
    reader.take({ key, at: (at += gap) });
  });
  return reader.take({ key: 'Enter', at: at + enterGap });
}

describe('a badge reader that types', () => {
  it('is told from a hand by its speed', () => {
    expect(read(Array.from('04A2B9'), 8)).toBe('04A2B9');
    expect(read(Array.from('04A2B9'), 90)).toBeNull();
    expect(read(Array.from('04A2B9'), 8, 400)).toBeNull();
  });

  it('may press Shift for capitals', () => {
    expect(read(['0', '4', 'Shift', 'A', 'Shift', 'B'], 5)).toBe('04AB');
  });

  it('needs more than a few characters', () => {
    expect(read(['a', 'b', 'c'], 5)).toBeNull();
  });

  it('forgets what a hand typed before', () => {
    const reader = new WedgeReader();
    reader.take({ key: 'm', at: 0 });
    reader.take({ key: 'b', at: 200 });
    Array.from('77123456').forEach((key, index) => reader.take({ key, at: 900 + index * 6 }));
    expect(reader.take({ key: 'Enter', at: 955 })).toBe('77123456');
  });

  it('does not take a name that was typed and sent', () => {
    const reader = new WedgeReader();
    Array.from('mbuyi').forEach((key, index) => reader.take({ key, at: index * 60 }));
    expect(reader.take({ key: 'Enter', at: 400 })).toBeNull();
  });

  it('starts again after arrows and the like', () => {
    expect(read(['1', '2', 'ArrowLeft', '3', '4', '5'], 5)).toBeNull();
  });
});
