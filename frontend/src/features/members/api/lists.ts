import type { PlacedList } from '@/components/placed-rows';
import { api, bodyOf, ownLastWrite, type Answer } from '@/lib/api-client';

export type ListedMember = Answer<'ListedMemberAnswer'>;
export type MembersPage = Answer<'MembersPage'>;
export type ListedVisit = Answer<'VisitAnswer'>;
export type ListedAnomaly = Answer<'AnomalyAnswer'>;

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

async function getMembers(
  filter: MemberFilter,
  place: { offset?: number; count?: number },
  signal?: AbortSignal,
): Promise<MembersPage> {
  const query = { ...filter, ...place, after: ownLastWrite() };
  return bodyOf(api.GET('/api/lists/members', { params: { query }, signal }));
}

export function membersList(filter: MemberFilter): PlacedList<ListedMember> {
  return {
    key: ['members', 'list', filter],
    read: (place, signal) => getMembers(filter, place, signal),
  };
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

/** Which visits or anomalies, in the words of the address: every one of them may be missing. */
export interface PassageFilter {
  query?: string;
  from?: string;
  to?: string;
}

export interface VisitFilter extends PassageFilter {
  zoneId?: string;
  inside?: boolean;
}

export interface AnomalyFilter extends PassageFilter {
  kind?: string;
}

/** What happens at the doors goes on while somebody looks at it. */
const refreshMilliseconds = 30_000;

export function visitsList(filter: VisitFilter): PlacedList<ListedVisit> {
  return {
    key: ['visits', filter],
    read: (place, signal) =>
      bodyOf(api.GET('/api/lists/visits', { params: { query: { ...filter, ...place } }, signal })),
    refreshMilliseconds,
  };
}

export function anomaliesList(filter: AnomalyFilter): PlacedList<ListedAnomaly> {
  return {
    key: ['anomalies', filter],
    read: (place, signal) =>
      bodyOf(api.GET('/api/lists/anomalies', { params: { query: { ...filter, ...place } }, signal })),
    refreshMilliseconds,
  };
}
