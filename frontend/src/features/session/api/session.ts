import { useQuery, useQueryClient, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { forgetPeople } from '@/lib/recent-people';
import { api, ApiError, bodyOf, onSignedOut, setAntiforgery, type Answer } from '@/lib/api-client';

export type Session = Answer<'SessionAnswer'>;

export const sessionKey = ['session'];
export const retryMilliseconds = 10_000;

/** Whoever signs in next must find nothing of whom the last one dealt with. */
export function forget(client: QueryClient): void {
  setAntiforgery(null);
  forgetPeople();
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'club' });
  client.setQueryData(sessionKey, null);
}

/** Null for nobody: that is an answer, not a failure. */
async function getSession(signal: AbortSignal): Promise<Session | null> {
  try {
    const session = await bodyOf(api.GET('/api/auth/session', { signal }));
    setAntiforgery(session.antiforgery);
    return session;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      return null;
    }
    throw error;
  }
}

export function useSession(): UseQueryResult<Session | null> {
  const client = useQueryClient();
  useEffect(
    () =>
      onSignedOut(() => {
        forget(client);
      }),
    [client],
  );
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => getSession(signal),
    staleTime: Infinity,
    refetchInterval: (query) => (query.state.status === 'error' ? retryMilliseconds : false),
  });
}
