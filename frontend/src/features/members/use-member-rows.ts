import { useQueries, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { LongRows } from '@/components/long-table';
import {
  memberPage,
  pageRows,
  useFirstMembers,
  type ListedMember,
  type MemberFilter,
  type MembersPage,
} from './api/lists';

/** So many rows on either side of what is drawn come as well. */
const aheadRows = 40;

/**
 * Members by their place in the list: what is looked at is fetched, and what lies between is not. The first page is
 * always there; it tells how many there are.
 */
export function useMemberRows(filter: MemberFilter) {
  const client = useQueryClient();
  const first = useFirstMembers(filter);
  const [looked, setLooked] = useState({ filter, from: 0, to: 0 });
  const total = first.data?.total ?? null;
  const count = total ?? first.data?.items.length ?? 0;
  const pages = looked.filter === filter ? pagesOf(looked.from, looked.to, count) : [];
  const found = useQueries({ queries: pages.map((page) => memberPage(filter, page)), combine: whenAndHow });
  const rowAt = useCallback(
    (index: number): ListedMember | undefined => {
      const page = Math.floor(index / pageRows);
      const data =
        page === 0 ? first.data : client.getQueryData<MembersPage>(memberPage(filter, page).queryKey);
      return data?.items[index % pageRows];
    },
    [client, filter, first.data],
  );
  const onLook = useCallback(
    (from: number, to: number) => {
      setLooked({ filter, from, to });
    },
    [filter],
  );
  const rows = useMemo<LongRows<ListedMember>>(
    () => ({ count, total, rowAt, onLook }),
    [count, total, rowAt, onLook],
  );
  return { first, rows, error: found.find(({ error }) => error !== null)?.error ?? null };
}

/** When a page came is enough to draw it anew: its rows are in the cache, and not compared one by one. */
function whenAndHow(found: readonly UseQueryResult<MembersPage>[]) {
  return found.map(({ dataUpdatedAt, error }) => ({ dataUpdatedAt, error }));
}

/** Which pages hold these rows and those around them, the first one apart. */
export function pagesOf(from: number, to: number, count: number): number[] {
  const first = Math.max(1, Math.floor((from - aheadRows) / pageRows));
  const last = Math.floor((Math.min(to + aheadRows, count) - 1) / pageRows);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, page) => first + page);
}
