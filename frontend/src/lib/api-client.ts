import { currentLanguage } from './i18n';

/** A refusal or failure of the server, by its stable code. `status` 0 means that no answer came at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfterSeconds: number | null;

  constructor(status: number, code: string, detail: string, retryAfterSeconds: number | null = null) {
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

interface Problem {
  code?: string;
  detail?: string;
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

function requestHeaders(method: string, hasBody: boolean): Headers {
  const headers = new Headers({
    Accept: 'application/json, application/problem+json',
    'Accept-Language': currentLanguage(),
  });
  if (hasBody) {
    headers.set('Content-Type', 'application/json');
  }
  if (method !== 'GET') {
    Object.entries(antiforgeryHeaders()).forEach(([name, value]) => {
      headers.set(name, value);
    });
  }
  return headers;
}

async function toError(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return new ApiError(
    response.status,
    problem.code ?? `http_${response.status}`,
    problem.detail ?? '',
    Number.isNaN(retryAfter) ? null : retryAfter,
  );
}

export interface RequestOptions {
  method?: 'GET' | 'POST';
  body?: unknown;
  signal?: AbortSignal;
}

export async function request(path: string, options: RequestOptions = {}): Promise<unknown> {
  const { method = 'GET', body, signal } = options;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: requestHeaders(method, body !== undefined),
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      signal,
    });
  } catch (error) {
    if (signal?.aborted === true) {
      throw error;
    }
    throw new ApiError(0, 'unreachable', '');
  }
  if (response.ok) {
    return response.status === 204 ? null : response.json();
  }
  const failure = await toError(response);
  if (failure.code === 'not_signed_in') {
    notifySignedOut();
  }
  throw failure;
}
