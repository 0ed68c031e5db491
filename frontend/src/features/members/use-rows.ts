import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LongRows } from '@/components/long-table';

/** The next page is asked for this many rows before the last one comes into view. */
const aheadRows = 120;

/** The pages of a list as one, whose end nobody knows before it is reached: the next comes when it is looked for. */
export function useRows<Row>(list: UseInfiniteQueryResult<InfiniteData<{ items: Row[] }>>): LongRows<Row> {
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  return useMemo(() => {
    const rows = data?.pages.flatMap(({ items }) => items) ?? [];
    return {
      count: rows.length,
      total: hasNextPage ? null : rows.length,
      rowAt: (index) => rows[index],
      onLook: (_, to) => {
        if (to + aheadRows >= rows.length && hasNextPage && !isFetchingNextPage) {
          void fetchNextPage();
        }
      },
    };
  }, [data, fetchNextPage, hasNextPage, isFetchingNextPage]);
}
