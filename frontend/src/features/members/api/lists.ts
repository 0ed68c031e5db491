import {
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useQuery,
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
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

/** Rows of one page: a screen and what is around it. */
export const pageRows = 100;
/** Who goes back and forth does not ask again each time; a change of somebody does. */
const freshMilliseconds = 10_000;
const tryAgainMilliseconds = 5_000;

async function getMembers(
  filter: MemberFilter,
  place: { offset?: number; count?: number },
  signal?: AbortSignal,
): Promise<MembersPage> {
  const query = { ...filter, ...place, after: ownLastWrite() };
  return bodyOf(api.GET('/api/lists/members', { params: { query }, signal }));
}

/** The page with the first rows, and how many there are; those of the list before, until it is there. */
export function useFirstMembers(filter: MemberFilter): UseQueryResult<MembersPage> {
  return useQuery({
    queryKey: ['members', 'list', filter, 0],
    queryFn: ({ signal }) => getMembers(filter, { offset: 0, count: pageRows }, signal),
    placeholderData: keepPreviousData,
  });
}

/** Any other page by its place; asked for again while it cannot be had. */
export function memberPage(filter: MemberFilter, page: number) {
  return queryOptions({
    queryKey: ['members', 'list', filter, page],
    queryFn: ({ signal }) => getMembers(filter, { offset: page * pageRows, count: pageRows }, signal),
    staleTime: freshMilliseconds,
    refetchInterval: ({ state }) => (state.status === 'error' ? tryAgainMilliseconds : false),
  });
}

/** As many of the first as are given at once. */
export async function getManyMembers(filter: MemberFilter): Promise<readonly ListedMember[]> {
  return (await getMembers(filter, {})).items;
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
