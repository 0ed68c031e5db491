import { Button } from '@mantine/core';
import { IconUserPlus, IconWalk } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Card } from '@/components/card';
import { ErrorPanel } from '@/components/error-panel';
import { Photo } from '@/components/photo';
import { Skeleton } from '@/components/skeleton';
import { StatePanel } from '@/components/state-panel';
import { ApiError } from '@/lib/api-client';
import { useClub, useClubNow } from '@/lib/club';
import { isoDate } from '@/lib/plan-length';
import { useMay } from '@/lib/rights';
import { formatClock, siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useVisitors, type Visitor } from '../api/visitors';
import classes from './visitors.module.css';

/** Who is here for a day: with what, whose guest, inside or not yet. */
export function VisitorsToday() {
  const { t } = useTranslation();
  const { timeZone } = useClub();
  const now = useClubNow();
  const mayInvite = useMay('memberships.write');
  const visitors = useVisitors(isoDate(siteDate(now, timeZone)));
  const inside = visitors.data?.filter(({ insideSince }) => insideSince !== null).length ?? 0;
  return (
    <Card
      testId="visitors"
      title={t('visitors.title')}
      note={visitors.data === undefined ? undefined : t('visitors.inside', { count: inside })}
      aside={
        mayInvite ? (
          <Button
            component={Link}
            to="/desk/visitor"
            leftSection={<IconUserPlus size={18} stroke={1.75} aria-hidden="true" />}
          >
            {t('visitors.new')}
          </Button>
        ) : undefined
      }
    >
      {visitors.data !== undefined ? (
        <Rows visitors={visitors.data} />
      ) : visitors.isError ? (
        <ErrorPanel
          title={t('visitors.failed')}
          help={t('visitors.failedHelp')}
          code={visitors.error instanceof ApiError ? visitors.error.code : 'unexpected'}
          nextTryAt={null}
          onRetry={() => void visitors.refetch()}
        />
      ) : (
        <ul aria-busy="true">
          {[0, 1, 2].map((row) => (
            <li key={row} className={classes.row}>
              <Skeleton width={40} height={40} radius="26%" />
              <Skeleton width="40%" height={20} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Rows({ visitors }: { visitors: readonly Visitor[] }) {
  const { t } = useTranslation();
  return visitors.length === 0 ? (
    <StatePanel icon={IconWalk} title={t('visitors.none')} help={t('visitors.noneHelp')} />
  ) : (
    <ul>
      {visitors.map((visitor) => (
        <Row key={`${visitor.memberId} ${visitor.planName} ${visitor.hostId ?? ''}`} visitor={visitor} />
      ))}
    </ul>
  );
}

function Row({ visitor }: { visitor: Visitor }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useClub();
  const { memberId, displayName, photoUrl, planName, hostName, insideSince } = visitor;
  const name = displayName === '' ? visitor.code : displayName;
  return (
    <li className={classes.row} data-inside={insideSince !== null || undefined}>
      <Photo name={name} photoUrl={photoUrl} />
      <div className={classes.who}>
        <Link to={`/desk/${memberId}`} className={classes.name} title={name}>
          {name}
        </Link>
        <p className={classes.more}>
          {[planName, hostName !== null && t('visitors.guestOf', { name: hostName })].filter(Boolean).join(' · ')}
        </p>
      </div>
      <span className={classes.state}>
        {insideSince === null
          ? t('visitors.out')
          : t('visitors.in', { time: formatClock(Date.parse(insideSince), timeZone, language) })}
      </span>
    </li>
  );
}
