import {
  keepPreviousData,
  queryOptions,
  useQueries,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LongRows } from './long-table';

export interface PlacedPage<Row> {
  items: Row[];
  /** How many there are in all; said of the first page. */
  total: number | null;
}

/** A list that is read by place. It is another list when it is another object. */
export interface PlacedList<Row, Page extends PlacedPage<Row> = PlacedPage<Row>> {
  /** What its pages are kept under; the number of the page follows. */
  key: readonly unknown[];
  read: (place: { offset: number; count: number }, signal: AbortSignal) => Promise<Page>;
  /** How often who looks sees what is new; without it, when somebody here did something. */
  refreshMilliseconds?: number;
}

/** Rows of one page: a screen and what is around it. */
const pageRows = 100;
/** So many rows on either side of what is drawn come as well. */
const aheadRows = 40;
/** Who goes back and forth does not ask again each time; a change of somebody does. */
const freshMilliseconds = 10_000;
const tryAgainMilliseconds = 5_000;

function pageOf<Row>({ key, read, refreshMilliseconds = 0 }: PlacedList<Row>, page: number) {
  return queryOptions({
    queryKey: [...key, page],
    queryFn: ({ signal }) => read({ offset: page * pageRows, count: pageRows }, signal),
    staleTime: freshMilliseconds,
    refetchInterval: ({ state }) =>
      state.status === 'error' ? tryAgainMilliseconds : refreshMilliseconds === 0 ? false : refreshMilliseconds,
  });
}

/**
 * Rows by their place in the list: what is looked at is fetched, and what lies between is not. The first page is
 * always there; it tells how many there are, and is that of the list before until it comes.
 */
export function usePlacedRows<Row>(list: PlacedList<Row>) {
  const client = useQueryClient();
  const first: UseQueryResult<PlacedPage<Row>> = useQuery({
    queryKey: [...list.key, 0],
    queryFn: ({ signal }) => list.read({ offset: 0, count: pageRows }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: list.refreshMilliseconds ?? false,
  });
  const [looked, setLooked] = useState({ list, from: 0, to: 0 });
  const total = first.data?.total ?? null;
  const count = total ?? first.data?.items.length ?? 0;
  useWhenLonger(list, first.isPlaceholderData ? null : total);
  const pages = looked.list === list ? pagesOf(looked.from, looked.to, count) : [];
  const found = useQueries({ queries: pages.map((page) => pageOf(list, page)), combine: whenAndHow });
  const rowAt = useCallback(
    (index: number): Row | undefined => {
      const page = Math.floor(index / pageRows);
      const data =
        page === 0 ? first.data : client.getQueryData<PlacedPage<Row>>([...list.key, page]);
      return data?.items[index % pageRows];
    },
    [client, list, first.data],
  );
  const onLook = useCallback(
    (from: number, to: number) => {
      setLooked({ list, from, to });
    },
    [list],
  );
  const rows = useMemo<LongRows<Row>>(
    () => ({ count, total, rowAt, onLook }),
    [count, total, rowAt, onLook],
  );
  return { first, rows, error: found.find(({ error }) => error !== null)?.error ?? null };
}

/** Where one more is listed, all have another place: pages that are looked at are read again. */
function useWhenLonger<Row>(list: PlacedList<Row>, total: number | null) {
  const client = useQueryClient();
  const known = useRef({ list, total });
  useEffect(() => {
    const before = known.current;
    known.current = { list, total };
    if (before.list === list && before.total !== null && total !== null && before.total !== total) {
      void client.invalidateQueries({
        queryKey: list.key,
        predicate: ({ queryKey }) => queryKey.at(-1) !== 0,
      });
    }
  }, [client, list, total]);
}

/** When a page came is enough to draw it anew: its rows are in the cache, and not compared one by one. */
function whenAndHow(found: readonly UseQueryResult[]) {
  return found.map(({ dataUpdatedAt, error }) => ({ dataUpdatedAt, error }));
}

/** Which pages hold these rows and those around them, the first one apart. */
export function pagesOf(from: number, to: number, count: number): number[] {
  const first = Math.max(1, Math.floor((from - aheadRows) / pageRows));
  const last = Math.floor((Math.min(to + aheadRows, count) - 1) / pageRows);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, page) => first + page);
}
