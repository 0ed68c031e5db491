import { IconLock, IconLockOpen2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { useClub } from '@/lib/club';
import { reasonText } from '@/lib/reason-text';
import { formatDate, parseDate, siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useNow } from '@/lib/use-now';
import type { Member } from '../api/member';
import classes from './rights-card.module.css';

/** Each zone has its own answer and its own reason: a debt closes one line, not the person. */
export function RightsCard({ member }: { member: Member }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { zones, timeZone, clockOffset } = useClub();
  const now = useNow(60_000) + clockOffset;
  if (member.zones.length === 0) {
    return null;
  }
  return (
    <Card testId="rights" title={t('rights.title')}>
      <ul className={classes.rights}>
        {member.zones.map(({ zoneId, reason, planName, detail }) => {
          const open = reason === 'ok';
          const ZoneIcon = open ? IconLockOpen2 : IconLock;
          const zoneName = zones.find(({ id }) => id === zoneId)?.name ?? '';
          const until =
            open && member.expiresOn !== null
              ? t('verdict.until', {
                  date: formatDate(parseDate(member.expiresOn), siteDate(now, timeZone), language),
                })
              : '';
          const never = reason === 'expired' && member.memberships.length === 0;
          const context = { t, language, timeZone, zoneName, now };
          const refused = never ? t('verdict.noPlan') : reasonText({ reason, detail }, context);
          const why = open ? until : refused;
          return (
            <li key={zoneId} className={classes.right} data-open={open || undefined}>
              <span className={classes.icon}>
                <ZoneIcon size={20} stroke={1.75} aria-hidden="true" />
              </span>
              <div className={classes.words}>
                <p className={classes.zone}>{zoneName}</p>
                <p className={classes.why}>{[planName, why].filter(Boolean).join(' · ')}</p>
              </div>
              <span className={classes.state}>{open ? t('rights.open') : t('rights.closed')}</span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
