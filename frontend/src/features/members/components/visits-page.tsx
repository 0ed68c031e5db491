import type { TFunction } from 'i18next';
import { IconWalk } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LongTable, type Column } from '@/components/long-table';
import { OfflineBanner } from '@/components/offline-banner';
import { Page } from '@/components/page';
import { PageHeader } from '@/components/page-header';
import { StatePanel } from '@/components/state-panel';
import type { Answer } from '@/lib/api-client';
import { useClub, useClubNow } from '@/lib/club';
import { formatClock, formatDate, siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useListVisits } from '../api/lists';
import { useRows } from '../use-rows';
import { ListInstead } from './list-instead';
import { PersonCell } from './person-cell';
import classes from './members-page.module.css';

type Visit = Answer<'VisitAnswer'>;

const millisecondsPerMinute = 60_000;
const minutesPerHour = 60;

/** Who came when, and for how long. Who is still inside says so. */
export function VisitsPage() {
  const { t } = useTranslation();
  const list = useListVisits();
  const rows = useRows(list);
  return (
    <Page fixed title={t('visits.title')}>
      <PageHeader title={t('visits.title')} note={t('visits.note')} />
      <OfflineBanner help={t('desk.offline')} />
      <LongTable
        label={t('visits.title')}
        columns={useVisitColumns()}
        rows={rows}
        keyOf={({ id }) => id}
        instead={
          <ListInstead list={list}>
            <StatePanel icon={IconWalk} title={t('visits.none')} help={t('visits.noneHelp')} />
          </ListInstead>
        }
      />
    </Page>
  );
}

function useVisitColumns(): readonly Column<Visit>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const { zones, gates, timeZone } = useClub();
  const now = useClubNow();
  return useMemo(() => {
    const today = siteDate(now, timeZone);
    const nameOf = (places: readonly { id: string; name: string }[], id: string) =>
      places.find((place) => place.id === id)?.name ?? '';
    const clock = (at: string) => formatClock(Date.parse(at), timeZone, language);
    return [
      {
        id: 'name',
        title: t('members.name'),
        width: 'minmax(0, 3fr)',
        cell: ({ memberId, displayName, photoUrl }) => (
          <PersonCell id={memberId} displayName={displayName} photoUrl={photoUrl} />
        ),
      },
      {
        id: 'day',
        title: t('visits.day'),
        width: '110px',
        narrowWidth: '62px',
        cell: ({ enteredAt }) => formatDate(siteDate(Date.parse(enteredAt), timeZone), today, language),
      },
      {
        id: 'in',
        title: t('visits.in'),
        width: '80px',
        narrowWidth: '60px',
        end: true,
        cell: ({ enteredAt }) => clock(enteredAt),
      },
      {
        id: 'out',
        title: t('visits.out'),
        width: '110px',
        end: true,
        wideOnly: true,
        cell: ({ leftAt, seenLate }) =>
          leftAt === null ? (
            <span className={classes.quiet}>{seenLate ? t('visits.unseen') : t('visits.inside')}</span>
          ) : (
            clock(leftAt)
          ),
      },
      {
        id: 'length',
        title: t('visits.length'),
        width: '96px',
        end: true,
        wideOnly: true,
        cell: ({ enteredAt, leftAt }) => (leftAt === null ? '' : lengthOf(t, enteredAt, leftAt)),
      },
      {
        id: 'zone',
        title: t('visits.zone'),
        width: 'minmax(0, 2fr)',
        wideOnly: true,
        cell: ({ zoneId, gateId }) => (
          <span className={classes.quiet}>
            {[nameOf(zones, zoneId), nameOf(gates, gateId)].filter(Boolean).join(' · ')}
          </span>
        ),
      },
    ];
  }, [t, language, zones, gates, timeZone, now]);
}

function lengthOf(t: TFunction, from: string, to: string): string {
  const minutes = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / millisecondsPerMinute));
  return minutes < minutesPerHour
    ? t('visits.minutes', { count: minutes })
    : t('visits.hours', {
        hours: Math.floor(minutes / minutesPerHour),
        minutes: String(minutes % minutesPerHour).padStart(2, '0'),
      });
}
