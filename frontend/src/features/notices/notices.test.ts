import { beforeEach, describe, expect, it } from 'vitest';
import { noticesOf, type Sources } from './notices';
import { loadRead, readKey, saveRead } from './read-notices';

const now = Date.parse('2026-11-24T17:05:00Z');

type Of<Name extends keyof Sources> = NonNullable<Sources[Name]> extends readonly (infer Item)[] ? Item : never;

const alert = (more: Partial<Of<'alerts'>>) =>
  ({
    id: 'alt_1',
    kind: 'door_held',
    state: 'open',
    isMine: false,
    memberName: null,
    gateName: 'Entrée',
    lastAt: '2026-11-24T17:00:00Z',
    ...more,
  }) as Of<'alerts'>;
const mail = (more: Partial<Of<'mails'>>) =>
  ({ id: 'msg_1', status: 'failed', attempts: 3, movedAt: '2026-11-24T16:00:00Z', ...more }) as Of<'mails'>;
const taken = (more: Partial<Of<'imports'>>) =>
  ({ id: 'imp_1', stage: 'done', at: '2026-11-24T15:00:00Z', members: 120, ...more }) as Of<'imports'>;
const passage = (position: number, at: string) => ({ position, at }) as Of<'offline'>;
const backup = (trouble: string | null): Sources['backup'] => ({
  trouble,
  text: trouble === null ? null : { fr: 'fr', en: 'en' },
  triedAt: '2026-11-24T03:00:00Z',
  triedOk: trouble === null,
  message: null,
  goodAt: null,
  goodRows: null,
  goodBytes: null,
  kept: [],
});

describe('notices', () => {
  it('are none where nothing is known, and none where all is well', () => {
    expect(noticesOf({}, now)).toEqual([]);
    const well = { alerts: [], offline: [], mails: [], imports: [], backup: backup(null) };
    expect(noticesOf(well, now)).toEqual([]);
  });

  it('name the worst first, and of that the newest', () => {
    const all = noticesOf(
      {
        alerts: [
          alert({ id: 'a', lastAt: '2026-11-24T12:00:00Z' }),
          alert({ id: 'b', kind: 'door_forced', lastAt: '2026-11-24T09:00:00Z' }),
        ],
        offline: [passage(7, '2026-11-24T14:00:00Z'), passage(5, '2026-11-23T14:00:00Z')],
        mails: [mail({})],
        imports: [taken({})],
        backup: backup('backup_failed'),
      },
      now,
    );
    expect(all.map(({ id }) => id)).toEqual([
      'alert-b',
      'mail-msg_1-3',
      'offline-7',
      'alert-a',
      'backup_failed-2026-11-24T03:00:00Z',
      'import-imp_1',
    ]);
    expect(all.map(({ to }) => to)).toEqual([
      '/alerts',
      '/settings/outbox',
      '/settings/offline',
      '/alerts',
      '/settings/backup',
      '/settings/import',
    ]);
  });

  it('leave out what was put aside and what a colleague looks after', () => {
    const alerts = [
      alert({ id: 'a', state: 'snoozed' }),
      alert({ id: 'b', state: 'taken' }),
      alert({ id: 'c', state: 'taken', isMine: true }),
    ];
    expect(noticesOf({ alerts }, now).map(({ id }) => id)).toEqual(['alert-c']);
  });

  it('leave out mails that are still tried, imports that were taken back, and what is long ago', () => {
    const sources = {
      mails: [mail({ status: 'delayed' })],
      imports: [taken({ stage: 'undone' }), taken({ stage: 'running' }), taken({ at: '2026-11-10T15:00:00Z' })],
      offline: [passage(3, '2026-11-10T15:00:00Z')],
    };
    expect(noticesOf(sources, now)).toEqual([]);
  });

  it('are new again when a mail failed again', () => {
    const [first] = noticesOf({ mails: [mail({})] }, now);
    const [again] = noticesOf({ mails: [mail({ attempts: 4 })] }, now);
    expect(again?.id).not.toBe(first?.id);
  });
});

describe('what was read', () => {
  beforeEach(() => {
    localStorage.clear();
  });

  it('is kept apart for each person, without their address', () => {
    const [aline, moise] = [readKey('aline@club.cd'), readKey('moise@club.cd')];
    expect(readKey('Aline@club.cd')).toBe(aline);
    expect(aline).not.toContain('aline@');
    saveRead(aline, new Set(['alert-a']));
    expect([...loadRead(aline)]).toEqual(['alert-a']);
    expect(loadRead(moise).size).toBe(0);
  });

  it('forgets what is oldest', () => {
    const key = readKey('aline@club.cd');
    saveRead(key, new Set(Array.from({ length: 400 }, (_, n) => `alert-${n}`)));
    const kept = loadRead(key);
    expect(kept.size).toBe(300);
    expect(kept.has('alert-0')).toBe(false);
    expect(kept.has('alert-399')).toBe(true);
  });
});
