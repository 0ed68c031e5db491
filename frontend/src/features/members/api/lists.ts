import {
  keepPreviousData,
  useInfiniteQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query';
import { api, bodyOf, ownLastWrite, type Answer } from '@/lib/api-client';

export type ListedMember = Answer<'ListedMemberAnswer'>;
export type MembersPage = Answer<'MembersPage'>;
export type VisitsPage = Answer<'VisitsPage'>;
export type AnomaliesPage = Answer<'AnomaliesPage'>;

/** Which members, in the words of the address: every one of them may be missing. */
export interface MemberFilter {
  query?: string;
  status?: string;
  planId?: string;
  expiresFrom?: string;
  expiresTo?: string;
  absentDays?: number;
  owes?: boolean;
  inside?: boolean;
  noPhoto?: boolean;
  sort?: string;
}

const first: string | null = null;

/** Pages follow each other by key; a list of fifty thousand is never held as a whole before it is looked at. */
export function useListMembers(
  filter: MemberFilter,
): UseInfiniteQueryResult<InfiniteData<MembersPage>> {
  return useInfiniteQuery({
    queryKey: ['members', 'list', filter],
    initialPageParam: first,
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/lists/members', {
          params: {
            query: {
              ...filter,
              after: ownLastWrite(),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

/** The address of the same list as a file. */
export function exportAddress(filter: MemberFilter, format: 'csv' | 'xlsx'): string {
  const query = new URLSearchParams({ format });
  Object.entries(filter).forEach(([name, value]) => {
    if (value !== undefined && value !== '' && value !== false) {
      query.set(name, String(value));
    }
  });
  return `/api/lists/members/export?${query.toString()}`;
}

export function useListVisits(): UseInfiniteQueryResult<InfiniteData<VisitsPage>> {
  return useInfiniteQuery({
    queryKey: ['visits'],
    initialPageParam: first,
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/lists/visits', {
          params: { query: pageParam === null ? {} : { cursor: pageParam } },
          signal,
        }),
      ),
    getNextPageParam: ({ next }) => next,
    refetchInterval: 30_000,
  });
}

export function useListAnomalies(kind: string | null): UseInfiniteQueryResult<InfiniteData<AnomaliesPage>> {
  return useInfiniteQuery({
    queryKey: ['anomalies', kind],
    initialPageParam: first,
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/api/lists/anomalies', {
          params: {
            query: { ...(kind === null ? {} : { kind }), ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}
