import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiError, onSignedOut, request, setAntiforgery } from '@/lib/api-client';

export interface Session {
  email: string;
  displayName: string;
  antiforgery: string;
}

export interface Credentials {
  email: string;
  password: string;
  code?: string;
}

const sessionKey = ['session'];
export const retryMilliseconds = 10_000;

/** Null for nobody: that is an answer, not a failure. */
async function getSession(signal: AbortSignal): Promise<Session | null> {
  try {
    const session = (await request('/api/auth/session', { signal })) as Session;
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
        setAntiforgery(null);
        client.setQueryData(sessionKey, null);
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
    mutationFn: async (credentials: Credentials) =>
      (await request('/api/auth/login', { method: 'POST', body: credentials })) as Session,
    onSuccess: ({ email, displayName, antiforgery }) => {
      setAntiforgery(antiforgery);
      client.setQueryData<Session>(sessionKey, { email, displayName, antiforgery });
    },
  });
}

export function useLogOut(): UseMutationResult {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request('/api/auth/logout', { method: 'POST' }),
    onSuccess: () => {
      setAntiforgery(null);
      client.setQueryData(sessionKey, null);
    },
  });
}
