import { useQuery } from '@tanstack/react-query';
import { request } from '@/lib/api-client';

interface Club {
  name: string | null;
}

/** The club's own name, as soon as it is known; null while it is not, and where the club has told none. */
export function useClubName(): string | null {
  const club = useQuery({
    queryKey: ['club'],
    queryFn: async ({ signal }) => (await request('/api/club', { signal })) as Club,
    staleTime: Infinity,
  });
  return club.data?.name ?? null;
}
