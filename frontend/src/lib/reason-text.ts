import type { TFunction } from 'i18next';
import type { Language } from './i18n';
import { daysBetween, formatClock, formatDate, formatHour, parseDate, siteDate } from './time-format';

/** The figures behind a decision; each only where it matters. */
export interface ReasonDetail {
  expiredOn?: string | null;
  startsOn?: string | null;
  insideSince?: string | null;
  visitsUsed?: number | null;
  visitsAllowed?: number | null;
  capacity?: number | null;
  hours?: string | null;
}

/** Something that a door decided, or would decide. */
export interface Reasoned {
  reason: string;
  detail?: ReasonDetail | null;
}

const daysSpokenMax = 30;

export interface ReasonContext {
  t: TFunction;
  language: Language;
  timeZone: string;
  zoneName: string;
  now: number;
}

type Reader = (detail: ReasonDetail, context: ReasonContext) => string;

function expired({ expiredOn }: ReasonDetail, { t, language, timeZone, now }: ReasonContext): string {
  if (expiredOn == null) {
    return t('refused.expired');
  }
  const lastDay = parseDate(expiredOn);
  const today = siteDate(now, timeZone);
  // The last day is included: the first day without a right is the one after.
  const days = daysBetween(lastDay, today) - 1;
  if (days <= 0) {
    return t('refused.expired_today');
  }
  return days <= daysSpokenMax
    ? t('refused.expired_days', { count: days })
    : t('refused.expired_on', { date: formatDate(lastDay, today, language) });
}

function notStarted({ startsOn }: ReasonDetail, { t, language, timeZone, now }: ReasonContext): string {
  return startsOn == null
    ? t('refused.not_started')
    : t('refused.not_started_on', {
        date: formatDate(parseDate(startsOn), siteDate(now, timeZone), language),
      });
}

function outsideHours({ hours }: ReasonDetail, { t, language }: ReasonContext): string {
  const [from, to] = hours?.split('-') ?? [];
  return from === undefined || to === undefined
    ? t('refused.outside_hours')
    : t('refused.outside_hours_range', {
        from: formatHour(from, language),
        to: formatHour(to, language),
      });
}

function antiPassback({ insideSince }: ReasonDetail, { t, language, timeZone }: ReasonContext): string {
  return insideSince == null
    ? t('refused.anti_passback')
    : t('refused.anti_passback_since', {
        time: formatClock(Date.parse(insideSince), timeZone, language),
      });
}

function quotaExhausted({ visitsUsed, visitsAllowed }: ReasonDetail, { t }: ReasonContext): string {
  return visitsUsed == null || visitsAllowed == null
    ? t('refused.quota_exhausted')
    : t('refused.quota_exhausted_of', { used: visitsUsed, allowed: visitsAllowed });
}

function capacityFull({ capacity }: ReasonDetail, { t, zoneName }: ReasonContext): string {
  return capacity == null || zoneName === ''
    ? t('refused.capacity_full')
    : t('refused.capacity_full_of', { zone: zoneName, capacity });
}

/** The one map from a stable reason code to words. A code that is not here is one this version has not met yet. */
const readers: Record<string, Reader> = {
  device_disabled: (_, { t }) => t('refused.device_disabled'),
  unknown_credential: (_, { t }) => t('refused.unknown_credential'),
  pass_invalid: (_, { t }) => t('refused.pass_invalid'),
  pass_expired: (_, { t }) => t('refused.pass_expired'),
  pass_used: (_, { t }) => t('refused.pass_used'),
  revoked: (_, { t }) => t('refused.revoked'),
  suspended: (_, { t }) => t('refused.suspended'),
  not_started: notStarted,
  expired,
  payment_overdue: (_, { t }) => t('refused.payment_overdue'),
  frozen: (_, { t }) => t('refused.frozen'),
  wrong_zone: (_, { t, zoneName }) =>
    zoneName === '' ? t('refused.wrong_zone') : t('refused.wrong_zone_name', { zone: zoneName }),
  outside_hours: outsideHours,
  quota_exhausted: quotaExhausted,
  anti_passback: antiPassback,
  capacity_full: capacityFull,
};

export const knownReasons = Object.keys(readers);

export function reasonText(decision: Reasoned, context: ReasonContext): string {
  const reader = readers[decision.reason];
  return reader === undefined ? context.t('refused.denied') : reader(decision.detail ?? {}, context);
}
