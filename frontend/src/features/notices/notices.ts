import type { Answer } from '@/lib/api-client';

/** What is known; undefined: not allowed, or not there yet. */
export interface Sources {
  alerts?: readonly Answer<'AlertItem'>[] | undefined;
  offline?: readonly Answer<'OfflineDifferenceItem'>[] | undefined;
  mails?: readonly Answer<'MessageItem'>[] | undefined;
  imports?: readonly Answer<'ImportItem'>[] | undefined;
  backup?: Answer<'BackupAnswer'> | undefined;
}

interface Base {
  /** The same as long as it is the same thing: what was read is known by it. */
  id: string;
  at: string;
  /** Where it is dealt with. */
  to: string;
  tone: 'deny' | 'warn' | 'plain';
}

export type Notice = Base &
  (
    | { kind: 'alert'; alert: string; about: string }
    | { kind: 'offline'; count: number }
    | { kind: 'mail'; count: number }
    | { kind: 'import'; count: number }
    | { kind: 'backup'; text: { fr: string; en: string } }
  );

const urgent: ReadonlySet<string> = new Set(['door_forced', 'tamper', 'fire_alarm']);
const lost: ReadonlySet<string> = new Set(['failed', 'unknown']);
/** What happened once is no news after so long. */
const newsMilliseconds = 7 * 24 * 3_600_000;
const tones = ['deny', 'warn', 'plain'];

/** What needs a person: the worst first, and of that the newest. */
export function noticesOf(sources: Sources, now: number): Notice[] {
  const isNews = (at: string) => now - Date.parse(at) < newsMilliseconds;
  return [
    ...(sources.alerts ?? []).flatMap(alertNotice),
    ...offlineNotice((sources.offline ?? []).filter(({ at }) => isNews(at))),
    ...mailNotice((sources.mails ?? []).filter(({ status }) => lost.has(status))),
    ...backupNotice(sources.backup),
    ...(sources.imports ?? []).filter(({ at, stage }) => stage === 'done' && isNews(at)).map(importNotice),
  ].sort((a, b) => tones.indexOf(a.tone) - tones.indexOf(b.tone) || b.at.localeCompare(a.at));
}

/** What was put aside can wait, and what somebody else looks after is theirs. */
function alertNotice(alert: Answer<'AlertItem'>): Notice[] {
  if (alert.state === 'snoozed' || (alert.state === 'taken' && !alert.isMine)) {
    return [];
  }
  return [
    {
      id: `alert-${alert.id}`,
      kind: 'alert',
      at: alert.lastAt,
      to: '/alerts',
      tone: urgent.has(alert.kind) ? 'deny' : 'warn',
      alert: alert.kind,
      about: [alert.memberName, alert.gateName].filter(Boolean).join(' · '),
    },
  ];
}

function offlineNotice(items: readonly Answer<'OfflineDifferenceItem'>[]): Notice[] {
  const [newest] = items;
  return newest === undefined
    ? []
    : [
        {
          id: `offline-${newest.position}`,
          kind: 'offline',
          at: newest.at,
          to: '/settings/offline',
          tone: 'warn',
          count: items.length,
        },
      ];
}

function mailNotice(mails: readonly Answer<'MessageItem'>[]): Notice[] {
  const newest = mails.reduce<Answer<'MessageItem'> | null>(
    (last, mail) => (last === null || mail.movedAt > last.movedAt ? mail : last),
    null,
  );
  return newest === null
    ? []
    : [
        {
          id: `mail-${newest.id}-${newest.attempts}`,
          kind: 'mail',
          at: newest.movedAt,
          to: '/settings/outbox',
          tone: 'warn',
          count: mails.length,
        },
      ];
}

function backupNotice(backup: Sources['backup']): Notice[] {
  if (backup?.trouble == null || backup.text === null) {
    return [];
  }
  const at = backup.triedAt ?? backup.goodAt ?? '';
  return [
    {
      id: `${backup.trouble}-${at}`,
      kind: 'backup',
      at,
      to: '/settings/backup',
      tone: 'warn',
      text: backup.text,
    },
  ];
}

function importNotice({ id, at, members }: Answer<'ImportItem'>): Notice {
  return { id: `import-${id}`, kind: 'import', at, to: '/settings/import', tone: 'plain', count: members };
}
