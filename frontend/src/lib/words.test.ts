import { describe, expect, it } from 'vitest';
import { parts } from '../../words-plugin';

// The members' app has words of its own.
const sources = import.meta.glob<string>(['/src/**/*.{ts,tsx}', '!/src/**/*.test.*', '!/src/features/member-app/**'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Which words come with the pages of a feature, as app/pages.tsx and the bell's place in the frame say. */
const ofFeature: Record<string, string> = {
  settings: 'settings',
  alerts: 'doors',
  live: 'doors',
  notices: 'doors',
  members: 'people',
};

describe('the words of a part', () => {
  it('are said by its own pages only', () => {
    expect(Object.keys(sources).length).toBeGreaterThan(100);
    const lost = Object.entries(sources).flatMap(([file, source]) => {
      const own = ofFeature[/^\/src\/features\/([^/]+)\//.exec(file)?.[1] ?? ''];
      const elsewhere = Object.entries(parts).flatMap(([part, keys]) => (part === own ? [] : keys));
      return [...source.matchAll(/\bt\(\s*['`]([a-zA-Z]+)\./g)]
        .filter(([, key = '']) => elsewhere.includes(key))
        .map(([, key]) => `${file}: ${String(key)}`);
    });
    expect(lost).toEqual([]);
  });
});
