import type { Icon } from '@tabler/icons-react';
import { fold } from '@/lib/fold';
import type { RecentPerson } from '@/lib/recent-people';

/** One line of the palette: somewhere to go, or something to do. */
export interface PaletteItem {
  id: string;
  label: string;
  note?: string;
  icon?: Icon;
  person?: RecentPerson;
  to?: string;
  run?: () => void;
  shortcut?: string;
}

export interface PaletteGroup {
  id: 'people' | 'recent' | 'pages' | 'actions';
  items: readonly PaletteItem[];
}

/** Whether every word that was typed begins a word of the label. */
export function matches(label: string, query: string): boolean {
  const words = fold(label).split(/[^\p{L}\p{N}]+/u);
  return fold(query)
    .split(/\s+/)
    .filter(Boolean)
    .every((typed) => words.some((word) => word.startsWith(typed)));
}

/** People first, then places, then actions; without a question, whom one has just dealt with. */
export function groupsFor(
  query: string,
  people: readonly RecentPerson[],
  recent: readonly RecentPerson[],
  pages: readonly PaletteItem[],
  actions: readonly PaletteItem[],
): PaletteGroup[] {
  const asked = query.trim() !== '';
  const asItem = (person: RecentPerson): PaletteItem => ({
    id: person.id,
    label: person.displayName,
    note: person.code,
    person,
    to: `/desk/${person.id}`,
  });
  const groups: PaletteGroup[] = asked
    ? [
        { id: 'people', items: people.map(asItem) },
        { id: 'pages', items: pages.filter(({ label }) => matches(label, query)) },
        { id: 'actions', items: actions.filter(({ label }) => matches(label, query)) },
      ]
    : [
        { id: 'recent', items: recent.map(asItem) },
        { id: 'pages', items: pages },
        { id: 'actions', items: actions },
      ];
  return groups.filter(({ items }) => items.length > 0);
}
