import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api, bodyOf, type Answer } from '@/lib/api-client';

export type MemberItem = Answer<'MemberItem'>;
export type FoundMembers = Answer<'ListAnswerOfMemberItem'>;

/** Finds members while somebody types; what was found before stays until the next answer is there. */
export function useSearchMembers(query: string): UseQueryResult<FoundMembers> {
  const words = query.trim();
  return useQuery({
    queryKey: ['members', 'search', words],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/members', { params: { query: { query: words } }, signal })),
    enabled: words !== '',
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}
