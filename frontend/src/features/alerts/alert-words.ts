import type { TFunction } from 'i18next';
import type { Language } from '@/lib/i18n';
import { formatClock } from '@/lib/time-format';
import type { AlertItem } from './api/alerts';

export type AlertKind =
  | 'door_forced'
  | 'door_held'
  | 'tamper'
  | 'fire_alarm'
  | 'gate_silent'
  | 'tailgating'
  | 'loitering'
  | 'two_sites'
  | 'many_refusals'
  | 'door_not_released';

const urgent: ReadonlySet<string> = new Set(['door_forced', 'tamper', 'fire_alarm']);

/** What cannot wait is red, with a shape and a word of its own; the rest needs a person. */
export function isUrgent(alert: AlertItem): boolean {
  return urgent.has(alert.kind);
}

/** What is urgent comes first, then what nobody looks after, then the newest. */
export function inOrder(alerts: readonly AlertItem[]): AlertItem[] {
  const rank = (alert: AlertItem) =>
    (alert.state === 'snoozed' ? 4 : 0) + (alert.state === 'taken' ? 2 : 0) + (isUrgent(alert) ? 0 : 1);
  return [...alerts].sort((a, b) => rank(a) - rank(b) || b.openedAt.localeCompare(a.openedAt));
}

interface Words {
  t: TFunction;
  language: Language;
  now: number;
  timeZone: string;
}

/** Where it stands, in a sentence. */
export function standing(alert: AlertItem, words: Words): string {
  const { t, language, timeZone } = words;
  switch (alert.state) {
    case 'taken':
      return alert.isMine ? t('alerts.mine') : t('alerts.owner', { name: alert.owner ?? t('alerts.somebody') });
    case 'snoozed':
      return t('alerts.snoozedUntil', {
        time: formatClock(Date.parse(alert.snoozedUntil ?? alert.openedAt), timeZone, language),
      });
    case 'resolved':
      return alert.resolvedBy === null
        ? t('alerts.endedByItself')
        : t('alerts.endedBy', { name: alert.resolvedBy });
    default:
      return alert.level === 'desk' ? t('alerts.nobody') : t(`alerts.told.${alert.level as 'manager'}`);
  }
}
