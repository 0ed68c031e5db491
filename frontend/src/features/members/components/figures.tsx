import { useTranslation } from 'react-i18next';
import { useClub } from '@/lib/club';
import { formatMoney } from '@/lib/money';
import { daysBetween, formatMoment, siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useNow } from '@/lib/use-now';
import type { Member } from '../api/member';
import classes from './figures.module.css';

/** Three figures that a talk at the desk begins with. */
export function Figures({ member }: { member: Member }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone, clockOffset } = useClub();
  const now = useNow(60_000) + clockOffset;
  const { last, thisMonth, lastMonth } = member.visits;
  const at = last === null ? null : Date.parse(last);
  const days = at === null ? 0 : daysBetween(siteDate(at, timeZone), siteDate(now, timeZone));
  return (
    <dl className={classes.figures}>
      <div>
        <dt>{t('figures.last')}</dt>
        <dd>
          <strong>{at === null ? t('figures.never') : formatMoment(at, now, timeZone, language)}</strong>
          {days > 0 && <span>{t('figures.daysAgo', { count: days })}</span>}
        </dd>
      </div>
      <div>
        <dt>{t('figures.month')}</dt>
        <dd>
          <strong>{t('figures.visits', { count: thisMonth })}</strong>
          <span>{t('figures.before', { count: lastMonth })}</span>
        </dd>
      </div>
      <div>
        <dt>{t('figures.debt')}</dt>
        <dd>
          {member.debts.length === 0 ? (
            <strong>{t('figures.noDebt')}</strong>
          ) : (
            member.debts.map((debt) => <strong key={String(debt.currency)}>{formatMoney(debt, language)}</strong>)
          )}
        </dd>
      </div>
    </dl>
  );
}
