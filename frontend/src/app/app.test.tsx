import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WatchHandlers } from '@/features/live/api/watch-live';
import {
  sampleDecision,
  sampleDelta,
  sampleRefusal,
  sampleSnapshot,
  sampleUnknown,
} from '@/features/live/live-samples';
import { chooseLanguage } from '@/lib/i18n';
import { App } from './app';

const line = vi.hoisted(() => ({ handlers: null as WatchHandlers | null }));

vi.mock('@/features/live/api/watch-live', () => ({
  watchLive: (_after: number, handlers: WatchHandlers, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      line.handlers = handlers;
      signal.addEventListener('abort', () => {
        resolve();
      });
    }),
}));

type Answer = { status: number; body?: unknown };

const rights = ['account', 'live.read', 'members.read', 'members.write', 'setup.write'];
const session = { email: 'aline@club.cd', displayName: 'Aline Kasongo', antiforgery: 'af', rights, viewsAs: null };
const problem = (status: number, code: string): Answer => ({ status, body: { status, code, detail: '' } });
let answers: Record<string, Answer[]>;
let sent: { path: string; body: unknown; headers: Headers }[];

function answer(path: string): Answer {
  const queue = answers[path] ?? [];
  return (queue.length > 1 ? queue.shift() : queue[0]) ?? problem(404, 'not_found');
}

beforeEach(async () => {
  await chooseLanguage('fr');
  sessionStorage.clear();
  line.handlers = null;
  sent = [];
  answers = {
    'GET /api/auth/session': [{ status: 200, body: session }],
    'GET /api/live': [{ status: 200, body: sampleSnapshot({ serverTime: '2026-11-24T17:05:00Z' }) }],
  };
  vi.stubGlobal('fetch', async (asked: Request) => {
    const { pathname: path } = new URL(asked.url);
    const { status, body } = answer(`${asked.method} ${path}`);
    const content = await asked.text();
    sent.push({ path, body: content === '' ? null : (JSON.parse(content) as unknown), headers: asked.headers });
    return new Response(body === undefined ? null : JSON.stringify(body), { status });
  });
});

function open(path = '/') {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>
        <MemoryRouter initialEntries={[path]}>
          <App />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

const type = (label: string, value: string) => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};
const press = (name: string | RegExp) => {
  fireEvent.click(screen.getByRole('button', { name }));
};
const live = (...decisions: ReturnType<typeof sampleDecision>[]) => {
  answers['GET /api/live'] = [
    { status: 200, body: sampleSnapshot({ serverTime: '2026-11-24T17:05:00Z', decisions }) },
  ];
};

describe('signing in', () => {
  beforeEach(() => {
    answers['GET /api/auth/session'] = [problem(401, 'not_signed_in')];
  });

  it('says beside the field what is missing', async () => {
    open();
    fireEvent.click(await screen.findByRole('button', { name: 'Se connecter' }));
    expect(screen.getByText('Indiquez votre adresse e-mail.')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText('Adresse e-mail'));
    expect(sent.some(({ path }) => path === '/api/auth/login')).toBe(false);
  });

  it('greets with the name of the club', async () => {
    answers['GET /api/club'] = [{ status: 200, body: { name: 'Forme & Équilibre' } }];
    open();
    expect(await screen.findByText('Forme & Équilibre')).toBeTruthy();
    expect(document.title).toBe('Connexion · Forme & Équilibre');
  });

  it('says that a code counts once', async () => {
    answers['POST /api/auth/login'] = [
      problem(401, 'second_factor_required'),
      problem(401, 'code_already_used'),
    ];
    open();
    await screen.findByText('SmartClub');
    type('Adresse e-mail', 'aline@club.cd');
    type('Mot de passe', 'right');
    press('Se connecter');
    await screen.findByLabelText('Code à six chiffres');
    type('Code à six chiffres', '123456');
    expect(await screen.findByText(/Ce code a déjà servi/)).toBeTruthy();
  });

  it('asks for the code only when the server does, takes a pasted one, and shows the club', async () => {
    answers['POST /api/auth/login'] = [
      problem(401, 'invalid_credentials'),
      problem(401, 'second_factor_required'),
      problem(401, 'invalid_credentials'),
      { status: 200, body: { accessToken: 't', expiresIn: 3600, ...session } },
    ];
    open('/live');
    await screen.findByRole('heading', { name: 'Connexion' });
    type('Adresse e-mail', 'aline@club.cd');
    type('Mot de passe', 'wrong');
    press('Se connecter');
    expect(await screen.findByText('L’adresse ou le mot de passe ne correspondent pas.')).toBeTruthy();
    type('Mot de passe', 'right');
    press('Se connecter');
    await screen.findByLabelText('Code à six chiffres');
    type('Code à six chiffres', '111 111');
    expect(await screen.findByText(/Ce code ne convient pas/)).toBeTruthy();
    type('Code à six chiffres', ' 123-456 ');
    expect(await screen.findByRole('heading', { name: 'En direct' })).toBeTruthy();
    expect(sent.findLast(({ path }) => path === '/api/auth/login')?.body).toEqual({
      email: 'aline@club.cd',
      password: 'right',
      code: '123456',
    });
  });

  it('says when there were too many tries', async () => {
    answers['POST /api/auth/login'] = [problem(429, 'too_many_attempts')];
    open();
    await screen.findByRole('heading', { name: 'Connexion' });
    type('Adresse e-mail', 'aline@club.cd');
    type('Mot de passe', 'right');
    press('Se connecter');
    expect((await screen.findByRole('alert')).textContent).toContain('too_many_attempts');
  });
});

describe('the live page', () => {
  it('shows a refusal until it is handled, and lets it be undone', async () => {
    live(
      sampleRefusal(100, { at: '2026-11-24T17:01:00Z', detail: { expiredOn: '2026-11-20' } }),
      sampleUnknown('u1'),
    );
    open();
    const refusals = within(await screen.findByTestId('refusals'));
    expect(refusals.getByRole('heading', { name: 'Ruth Lukusa' })).toBeTruthy();
    expect(refusals.getByText(/^Abonnement expiré depuis 3\sjours$/)).toBeTruthy();
    expect(refusals.getByRole('heading', { name: 'Badge inconnu' })).toBeTruthy();
    press('C’est réglé\u00A0: Ruth Lukusa');
    expect(refusals.queryByRole('heading', { name: 'Ruth Lukusa' })).toBeNull();
    press('Annuler');
    expect(refusals.getByRole('heading', { name: 'Ruth Lukusa' })).toBeTruthy();
  });

  it('filters passages, in both languages', async () => {
    live(sampleDecision(100), sampleRefusal(99), sampleDecision(98, { direction: 'out' }));
    open();
    const feed = within(await screen.findByTestId('feed'));
    await feed.findAllByText('Ruth Lukusa');
    const positions = () => feed.getAllByRole('listitem').map((row) => row.dataset.position);
    expect(positions()).toEqual(['100', '99', '98']);
    fireEvent.click(feed.getByRole('radio', { name: 'Refus' }));
    expect(positions()).toEqual(['99']);
    fireEvent.click(await screen.findByRole('button', { name: /Votre compte/ }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'English' }));
    fireEvent.click(await feed.findByRole('radio', { name: 'Entries' }));
    expect(positions()).toEqual(['100']);
    expect(document.documentElement.lang).toBe('en');
  });

  it('stands still under the pointer, and says how many wait', async () => {
    live(sampleDecision(100));
    open();
    const list = await screen.findByRole('region', { name: 'Derniers passages' });
    const rows = () => within(list).getAllByRole('listitem').length;
    fireEvent.pointerEnter(list.parentElement ?? list, { pointerType: 'mouse' });
    act(() =>
      line.handlers?.onDelta(
        sampleDelta(100, 102, { decisions: [sampleDecision(102), sampleDecision(101)] }),
      ),
    );
    const waiting = await screen.findByRole('button', { name: '2 nouveaux passages' });
    expect(rows()).toBe(1);
    fireEvent.click(waiting);
    expect(rows()).toBe(3);
  });

  it('names the failure and recovers when asked to try again', async () => {
    answers['GET /api/live'] = [problem(503, 'view_behind')];
    open();
    expect((await screen.findByRole('alert')).textContent).toContain('view_behind');
    live();
    press('Réessayer');
    expect(await screen.findByTestId('gates')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('goes back to the log-in when the session has ended', async () => {
    answers['GET /api/live'] = [problem(401, 'not_signed_in')];
    open();
    expect(await screen.findByRole('heading', { name: 'Connexion' })).toBeTruthy();
  });

  it('signs out with the antiforgery token', async () => {
    answers['POST /api/auth/logout'] = [{ status: 204 }];
    open();
    fireEvent.click(await screen.findByRole('button', { name: /Votre compte/ }));
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Quitter' }));
    expect(await screen.findByRole('heading', { name: 'Connexion' })).toBeTruthy();
    expect(sent.find(({ path }) => path === '/api/auth/logout')?.headers.get('X-Antiforgery')).toBe('af');
  });
});

describe('the frame', () => {
  const found = { id: 'mbr_1', code: 'ABCD2345', displayName: 'Grâce Mbuyi', status: 'active', photoUrl: null };

  it('finds people from anywhere, by keyboard alone', async () => {
    answers['GET /api/members'] = [{ status: 200, body: { items: [found], asOf: 100 } }];
    open();
    await screen.findByRole('heading', { name: 'En direct' });
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    const field = await screen.findByRole('combobox');
    fireEvent.change(field, { target: { value: 'mbuyi' } });
    const option = await screen.findByRole('option', { name: /Grâce Mbuyi/ });
    expect(option.getAttribute('aria-selected')).toBe('true');
    expect(field.getAttribute('aria-activedescendant')).toBe(option.id);
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('shows the list of keys, but not while somebody types a question mark', async () => {
    open();
    await screen.findByRole('heading', { name: 'En direct' });
    fireEvent.keyDown(document.body, { key: '?' });
    expect(await screen.findByRole('heading', { name: 'Raccourcis clavier' })).toBeTruthy();
    press('Fermer');
    fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
    fireEvent.keyDown(await screen.findByRole('combobox'), { key: '?' });
    expect(screen.queryByRole('heading', { name: 'Raccourcis clavier' })).toBeNull();
  });

  it('says that there is no such page, and the way back', async () => {
    open('/nowhere');
    expect(await screen.findByRole('heading', { name: 'Cette page n’existe pas' })).toBeTruthy();
    fireEvent.click(screen.getByRole('link', { name: 'Revenir au début' }));
    expect(await screen.findByRole('heading', { name: 'En direct' })).toBeTruthy();
  });

  it('opens no page to whom the right is missing', async () => {
    answers['GET /api/auth/session'] = [{ status: 200, body: { ...session, rights: ['account'] } }];
    open('/live');
    expect(await screen.findByRole('heading', { name: 'Cette page n’existe pas' })).toBeTruthy();
    expect(screen.queryByRole('link', { name: /En direct/ })).toBeNull();
  });
});
