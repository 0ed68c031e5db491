import type { TFunction } from 'i18next';
import type { Language } from '@/lib/i18n';
import { ageOf, formatClock, formatDate, siteDate } from '@/lib/time-format';
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
  | 'many_refusals';

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

/** When it was, in the steps people use. */
export function timeWords(iso: string, { t, language, now, timeZone }: Words): string {
  const at = Date.parse(iso);
  const age = ageOf(at, now, timeZone);
  switch (age.kind) {
    case 'now':
      return t('time.now');
    case 'seconds':
      return t('time.secondsAgo', { count: age.count });
    case 'minutes':
      return t('time.minutesAgo', { count: age.count });
    case 'clock':
      return formatClock(at, timeZone, language);
    case 'date':
      return [
        formatDate(siteDate(at, timeZone), siteDate(now, timeZone), language),
        formatClock(at, timeZone, language),
      ].join(', ');
  }
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
