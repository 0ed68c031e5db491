import { describe, expect, it } from 'vitest';
import { groupsFor, matches, type PaletteItem } from './palette-items';

const ruth = { id: 'mbr_1', displayName: 'Ruth Lukusa', code: 'ABCD2345', photoUrl: null };
const pages: PaletteItem[] = [{ id: '/live', label: 'En direct', to: '/live' }];
const actions: PaletteItem[] = [{ id: 'help', label: 'Raccourcis clavier' }];
const shape = (groups: ReturnType<typeof groupsFor>) =>
  groups.map(({ id, items }) => [id, ...items.map((item) => item.label)]);

describe('the palette', () => {
  it('matches the beginnings of words, without accents', () => {
    expect(matches('Réglages du club', 'reg cl')).toBe(true);
    expect(matches('Réglages du club', 'lages')).toBe(false);
  });

  it('shows whom one has just dealt with before anything is typed', () => {
    expect(shape(groupsFor(' ', [], [ruth], pages, actions))).toEqual([
      ['recent', 'Ruth Lukusa'],
      ['pages', 'En direct'],
      ['actions', 'Raccourcis clavier'],
    ]);
  });

  it('puts people before places and actions, and leaves empty groups out', () => {
    expect(shape(groupsFor('direct', [ruth], [], pages, actions))).toEqual([
      ['people', 'Ruth Lukusa'],
      ['pages', 'En direct'],
    ]);
    expect(groupsFor('xyz', [], [ruth], pages, actions)).toEqual([]);
  });
});
