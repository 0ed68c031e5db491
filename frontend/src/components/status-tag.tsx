import { useTranslation } from 'react-i18next';
import { useClub } from '@/lib/club';
import { daysBetween, parseDate, siteDate } from '@/lib/time-format';
import { useNow } from '@/lib/use-now';
import classes from './status-tag.module.css';

interface StatusTagProps {
  status: string;
  expiresOn: string | null;
}

const soonDays = 7;

/** How a person stands, in a word that colour only repeats: active, ends soon, over, suspended, no plan. */
export function StatusTag({ status, expiresOn }: StatusTagProps) {
  const { t } = useTranslation();
  const { timeZone, clockOffset } = useClub();
  const now = useNow(60_000) + clockOffset;
  const left = expiresOn === null ? null : daysBetween(siteDate(now, timeZone), parseDate(expiresOn));
  const [tone, words] =
    status === 'suspended'
      ? (['deny', t('member.status.suspended')] as const)
      : status === 'active'
        ? left !== null && left >= 0 && left < soonDays
          ? (['warn', t('member.status.soon', { count: left })] as const)
          : (['grant', t('member.status.active')] as const)
        : left === null
          ? (['plain', t('member.status.none')] as const)
          : left >= 0
            ? (['plain', t('member.status.coming')] as const)
            : (['deny', t('member.status.expired')] as const);
  return (
    <span className={classes.tag} data-tone={tone}>
      {words}
    </span>
  );
}
