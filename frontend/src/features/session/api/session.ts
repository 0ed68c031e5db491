import {
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { forgetPeople } from '@/lib/recent-people';
import { askPasskey } from '@/lib/passkey';
import { api, ApiError, bodyOf, onSignedOut, setAntiforgery, type Answer } from '@/lib/api-client';

export type Session = Answer<'SessionAnswer'>;

export interface Credentials {
  email: string;
  password: string;
  code?: string;
}

const sessionKey = ['session'];
export const retryMilliseconds = 10_000;

/** Whoever signs in next must find nothing of whom the last one dealt with. */
function forget(client: QueryClient): void {
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

export function useLogIn(): UseMutationResult<Session, Error, Credentials> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (credentials: Credentials) => bodyOf(api.POST('/api/auth/login', { body: credentials })),
    onSuccess: (session) => {
      setAntiforgery(session.antiforgery);
      client.setQueryData<Session>(sessionKey, session);
    },
  });
}

/** Signs in with a passkey that the browser or a phone holds; it needs neither address nor password. */
export function usePasskey(): UseMutationResult<Session, Error, void> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const { ticket, options } = await bodyOf(api.POST('/api/auth/passkey/question'));
      const credential = await askPasskey(options);
      return bodyOf(api.POST('/api/auth/passkey', { body: { ticket, credential } }));
    },
    onSuccess: (session) => {
      setAntiforgery(session.antiforgery);
      client.setQueryData<Session>(sessionKey, session);
    },
  });
}

export function useLogOut(): UseMutationResult {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/api/auth/logout')),
    onSuccess: () => {
      forget(client);
    },
  });
}
