import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { api, ApiError, bodyOf, request, type Answer } from '@/lib/api-client';
import { newCommandKey } from '@/lib/command-key';

export type Site = Answer<'SiteAnswer'>;
export type Zone = Answer<'ZoneAnswer'>;
export type Gate = Answer<'GateAnswer'>;
export type Plan = Answer<'PlanAnswer'>;
export type Staff = Answer<'StaffAnswer'>;
export type Role = Answer<'RoleAnswer'>;
export type Account = Answer<'AccountAnswer'>;
export type OpenSession = Answer<'SessionItem'>;

const key = (name: string) => ['settings', name];

export function useSites(): UseQueryResult<Site[]> {
  return useQuery({
    queryKey: key('sites'),
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/sites', { signal }))).items,
  });
}

export function useZones(): UseQueryResult<Zone[]> {
  return useQuery({
    queryKey: key('zones'),
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/zones', { signal }))).items,
  });
}

export function useGates(): UseQueryResult<Gate[]> {
  return useQuery({
    queryKey: key('gates'),
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/gates', { signal }))).items,
  });
}

export function usePlans(): UseQueryResult<Plan[]> {
  return useQuery({
    queryKey: key('plans'),
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/plans', { signal }))).items,
  });
}

export function useStaff(): UseQueryResult<Staff[]> {
  return useQuery({
    queryKey: key('staff'),
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/staff', { signal }))).items,
  });
}

export function useRoles(): UseQueryResult<Answer<'RolesAnswer'>> {
  return useQuery({
    queryKey: key('roles'),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/roles', { signal })),
  });
}

export function useAccount(): UseQueryResult<Account> {
  return useQuery({
    queryKey: key('account'),
    queryFn: ({ signal }) => bodyOf(api.GET('/api/account', { signal })),
  });
}

export function useSessions(): UseQueryResult<OpenSession[]> {
  return useQuery({
    queryKey: key('sessions'),
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/account/sessions', { signal }))).items,
  });
}

export interface Command {
  path: string;
  body?: unknown;
}

/**
 * Sends a command. What a person means has one key until it is done, so that a second press after a lost answer does
 * not do it twice; other content is another intent.
 */
export function useCommand<T = unknown>(onDone?: (answer: T) => void) {
  const client = useQueryClient();
  const intent = useRef({ content: '', key: '' });
  return useMutation<T, Error, Command>({
    mutationFn: ({ path, body }) => {
      const content = JSON.stringify([path, body]);
      if (intent.current.content !== content) {
        intent.current = { content, key: newCommandKey() };
      }
      return request(path, { method: 'POST', body, key: intent.current.key }) as Promise<T>;
    },
    onSuccess: async (answer) => {
      intent.current = { content: '', key: '' };
      onDone?.(answer);
      // The desk sells what is set up here.
      await Promise.all([
        client.invalidateQueries({ queryKey: ['settings'] }),
        client.invalidateQueries({ queryKey: ['plans'] }),
      ]);
    },
  });
}

/** What the server says of one field, to be shown beside it. */
export function faultOf(error: Error | null, field: string): string | null {
  return error instanceof ApiError ? (error.fields.find((fault) => fault.field === field)?.detail ?? null) : null;
}

/** What it says of the whole, where no field is to blame. */
export function faultOfAll(error: Error | null): string | null {
  return error === null || (error instanceof ApiError && error.fields.length > 0) ? null : error.message;
}
