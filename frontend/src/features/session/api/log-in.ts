import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { api, bodyOf, setAntiforgery } from '@/lib/api-client';
import { askPasskey } from '@/lib/passkey';
import { forget, sessionKey, type Session } from './session';

export interface Credentials {
  email: string;
  password: string;
  code?: string;
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
