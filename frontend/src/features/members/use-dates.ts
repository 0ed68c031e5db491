import { useTranslation } from 'react-i18next';
import { useClub, useClubNow } from '@/lib/club';
import { lastDay } from '@/lib/plan-length';
import { formatDate, parseDate, siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import type { Plan } from './api/member';

/** `Du 24 nov. au 23 déc. La porte s’ouvre aussitôt.` */
export function useDates(): (startsOn: string, plan: Plan) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useClub();
  const now = useClubNow();
  return (startsOn, plan) => {
    const today = siteDate(now, timeZone);
    const write = (date: string) => formatDate(parseDate(date), today, language);
    const from = write(startsOn);
    const to = write(lastDay(startsOn, plan.months, plan.days));
    const words = parseDate(startsOn) <= today ? t('next.nowTo', { from, to }) : t('next.fromTo', { from, to });
    // A month that is cut short ends in a point already.
    return words.replace('..', '.');
  };
}
