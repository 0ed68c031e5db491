import { perBrowser, readStored, writeStored } from '@/lib/storage';

/** The columns that somebody may want or not; the name is always there. */
export const columnsToChoose = ['plan', 'status', 'expires', 'visit', 'since', 'phone'] as const;
export type ChosenColumn = (typeof columnsToChoose)[number];

const storageKey = 'smartclub.columns';
const atFirst: readonly ChosenColumn[] = ['plan', 'status', 'expires', 'visit', 'phone'];

export function readColumns(): ReadonlySet<ChosenColumn> {
  const stored = readStored(perBrowser, storageKey)?.split(' ');
  return new Set(stored === undefined ? atFirst : columnsToChoose.filter((each) => stored.includes(each)));
}

export function keepColumns(shown: ReadonlySet<ChosenColumn>): void {
  writeStored(perBrowser, storageKey, columnsToChoose.filter((each) => shown.has(each)).join(' '));
}
