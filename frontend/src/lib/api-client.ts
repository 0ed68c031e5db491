import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from '@api';
import { currentLanguage } from './i18n';

/** What the silo says of itself: the types of all answers. */
export type Answer<Name extends keyof components['schemas']> = components['schemas'][Name];

/** A refusal or failure of the server, by its stable code. `status` 0 means that no answer came at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfterSeconds: number | null;
  readonly fields: readonly FieldFault[];
  /** What an account can be opened with, where a password alone was not enough. */
  readonly factors: readonly string[];

  constructor(status: number, code: string, detail: string, more: Partial<FailureDetails> = {}) {
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
    this.fields = more.fields ?? [];
    this.factors = more.factors ?? [];
  }
}

/** What is wrong with one field, in the words of the server. */
export interface FieldFault {
  field: string;
  code: string;
  detail: string;
}

interface FailureDetails {
  retryAfterSeconds: number | null;
  fields: readonly FieldFault[];
  factors: readonly string[];
}

interface Problem {
  code?: string;
  detail?: string;
  errors?: FieldFault[] | null;
  factors?: string[];
}

let antiforgery: string | null = null;
const signedOutListeners = new Set<() => void>();

export function setAntiforgery(token: string | null): void {
  antiforgery = token;
}

/** What proves, beside the cookie, that this page made the request. */
export function antiforgeryHeaders(): Record<string, string> {
  return antiforgery === null ? {} : { 'X-Antiforgery': antiforgery };
}

/** The session may end anywhere: in a fetch or on the live connection. Whoever notices tells everybody. */
export function notifySignedOut(): void {
  signedOutListeners.forEach((listener) => {
    listener();
  });
}

export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => {
    signedOutListeners.delete(listener);
  };
}

async function toError(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return new ApiError(response.status, problem.code ?? `http_${response.status}`, problem.detail ?? '', {
    retryAfterSeconds: Number.isNaN(retryAfter) ? null : retryAfter,
    fields: problem.errors ?? [],
    factors: problem.factors ?? [],
  });
}

let written = 0;

/** Where this page's own last command stands: reads that wait for it show what was just done. */
export function ownLastWrite(): string | undefined {
  return written === 0 ? undefined : String(written);
}

const manners: Middleware = {
  onRequest: ({ request: asked }) => {
    asked.headers.set('Accept', 'application/json, application/problem+json');
    asked.headers.set('Accept-Language', currentLanguage());
    if (asked.method !== 'GET') {
      Object.entries(antiforgeryHeaders()).forEach(([name, value]) => {
        asked.headers.set(name, value);
      });
    }
    return asked;
  },
  onError: ({ request: asked, error }) =>
    asked.signal.aborted ? (error as Error) : new ApiError(0, 'unreachable', ''),
  onResponse: async ({ response }) => {
    if (response.ok) {
      written = Math.max(written, Number(response.headers.get('X-Journal-Position') ?? 0));
      return;
    }
    const failure = await toError(response);
    if (failure.code === 'not_signed_in') {
      notifySignedOut();
    }
    throw failure;
  },
};

/** The API, typed by the silo's own description. Every failure is thrown as an `ApiError`. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  // Looked up at each call, so that tests can stand in for the server.
  fetch: (asked) => globalThis.fetch(asked),
});
api.use(manners);

/** The body of an answer; a failure has been thrown before. */
export async function bodyOf<T>(call: Promise<{ data?: T; response: Response }>): Promise<T> {
  return (await call).data as T;
}

export interface RequestOptions {
  method?: 'GET' | 'POST';
  body?: unknown;
  signal?: AbortSignal;
  /** Makes a retry the same command. */
  key?: string;
}

/** A call that the description does not know, such as one that takes a file. */
export async function request(path: string, options: RequestOptions = {}): Promise<unknown> {
  const { method = 'GET', body, signal, key } = options;
  const asked = new Request(new URL(path, window.location.origin), {
    method,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: 'same-origin',
    signal,
  });
  return send(asked);
}

/** Sends a request with our manners, and reads its answer. */
export async function send(asked: Request): Promise<unknown> {
  await manners.onRequest?.({ request: asked } as Parameters<NonNullable<Middleware['onRequest']>>[0]);
  let response: Response;
  try {
    response = await fetch(asked);
  } catch (error) {
    if (asked.signal.aborted) {
      throw error;
    }
    throw new ApiError(0, 'unreachable', '');
  }
  await manners.onResponse?.({ response } as Parameters<NonNullable<Middleware['onResponse']>>[0]);
  return response.status === 204 ? null : response.json();
}
