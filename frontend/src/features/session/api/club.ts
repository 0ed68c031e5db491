import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '@/lib/api-client';

/** The club's own name, as soon as it is known; null while it is not, and where the club has told none. */
export function useClubName(): string | null {
  const club = useQuery({
    queryKey: ['club'],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/club', { signal })),
    staleTime: Infinity,
  });
  return club.data?.name ?? null;
}
