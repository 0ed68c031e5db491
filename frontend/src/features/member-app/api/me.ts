import { language } from '../texts';

export interface Opens {
  zoneId: string;
  zone: string;
  site: string;
  schedule: { days: string[]; from: string; to: string }[] | null;
}

export interface Membership {
  id: string;
  planName: string;
  startsOn: string;
  expiresOn: string;
  paid: boolean;
  frozen: boolean;
  started: boolean;
  ended: boolean;
  visitsUsed: number;
  visitsAllowed: number | null;
  opens: Opens[];
}

export interface PassKey {
  id: string;
  device: string | null;
  addedAt: string | null;
}

export interface PhoneSession {
  id: string;
  openedAt: string;
  current: boolean;
}

export interface Me {
  id: string;
  code: string;
  displayName: string;
  firstName: string | null;
  email: string | null;
  phone: string | null;
  language: string | null;
  status: 'active' | 'expired' | 'suspended';
  expiresOn: string | null;
  club: string | null;
  serverTime: string;
  antiforgery: string;
  canEnrol: boolean;
  memberships: Membership[];
  passKeys: PassKey[];
  sessions: PhoneSession[];
  inside: { zone: string; site: string; since: string }[];
}

export interface Visit {
  enteredAt: string;
  leftAt: string | null;
  zone: string;
  site: string;
  timeZone: string;
}

export interface Busy {
  zoneId: string;
  zone: string;
  site: string;
  inside: number;
  estimated: boolean;
  capacity: number | null;
  hour: number;
  /** People inside at each hour of this weekday, as it usually is; null: not known yet. */
  usual: number[] | null;
}

export interface OpenSpan {
  from: string;
  to: string;
}

export interface OpenDay {
  day: string;
  special: boolean;
  name: string | null;
  spans: OpenSpan[];
}

export interface SiteHours {
  siteId: string;
  site: string;
  timeZone: string;
  today: string;
  /** Yesterday, whose night may not be over, the week that comes, and days further on that differ. */
  days: OpenDay[];
}

/** A refusal by its stable code; status 0: no answer came. */
export class MemberApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
    this.name = 'MemberApiError';
  }
}

const waitMilliseconds = 10_000;
let antiforgery = '';

export function setAntiforgery(token: string) {
  antiforgery = token;
}

async function call(path: string, body?: unknown): Promise<unknown> {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': language() });
  if (body !== undefined) {
    headers.set('Content-Type', 'application/json');
    headers.set('X-Antiforgery', antiforgery);
  }
  let response: Response;
  try {
    response = await fetch(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      signal: AbortSignal.timeout(waitMilliseconds),
    });
  } catch {
    throw new MemberApiError(0, 'unreachable', '');
  }
  if (response.ok) {
    return response.json();
  }
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
  throw new MemberApiError(
    response.status,
    problem.code ?? `http_${String(response.status)}`,
    problem.detail ?? '',
  );
}

export async function getMe(): Promise<Me> {
  const me = (await call('/api/me')) as Me;
  setAntiforgery(me.antiforgery);
  return me;
}

export const getVisits = () => call('/api/me/visits') as Promise<{ items: Visit[] }>;
export const getBusy = () => call('/api/me/busy') as Promise<{ items: Busy[] }>;
export const getHours = () => call('/api/me/hours') as Promise<{ items: SiteHours[] }>;
export const askForMail = (email: string) => call('/api/me/sign-in', { email }) as Promise<{ minutes: number }>;

export async function openSession(proof: { email: string; code: string } | { link: string }) {
  const opened = (await call('/api/me/session', proof)) as { antiforgery: string };
  setAntiforgery(opened.antiforgery);
}

export const signOut = () => call('/api/me/sign-out', {});
export const sendLanguage = (chosen: string) => call('/api/me/language', { language: chosen });
export const closeSession = (id: string) => call(`/api/me/sessions/${id}/close`, {});
export const revokePassKey = (id: string) => call(`/api/me/pass-keys/${id}/revoke`, {});
export const addPassKey = (publicKey: JsonWebKey, device: string) =>
  call('/api/me/pass-keys', { publicKey, device }) as Promise<{ id: string }>;
