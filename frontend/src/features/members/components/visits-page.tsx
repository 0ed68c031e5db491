import { Button, NativeSelect } from '@mantine/core';
import { IconDownload, IconWalk } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { LongTable, type Column } from '@/components/long-table';
import { OfflineBanner } from '@/components/offline-banner';
import { Page } from '@/components/page';
import { PageHeader } from '@/components/page-header';
import { usePlacedRows } from '@/components/placed-rows';
import { StatePanel } from '@/components/state-panel';
import { useClub, useClubNow } from '@/lib/club';
import { formatClock, formatDate, siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { visitsList, type ListedVisit } from '../api/lists';
import { usePassages } from '../use-passages';
import { ListFault } from './list-fault';
import { ListInstead } from './list-instead';
import { PassageTools } from './passage-tools';
import { PersonCell, PersonComing } from './person-cell';
import classes from './members-page.module.css';

type Visit = ListedVisit;

const millisecondsPerMinute = 60_000;
const minutesPerHour = 60;

/** Who came when, and for how long. Who is still inside says so. */
export function VisitsPage() {
  const { t } = useTranslation();
  const { asked, ...tools } = usePassages();
  const [zoneId, setZone] = useState('');
  const [inside, setInside] = useState(false);
  const list = useMemo(
    () => visitsList({ ...asked, ...(zoneId !== '' && { zoneId }), ...(inside && { inside }) }),
    [asked, zoneId, inside],
  );
  const { first, rows, error } = usePlacedRows(list);
  const filtered = inside || zoneId !== '' || Object.keys(asked).length > 0;
  return (
    <Page fixed title={t('visits.title')}>
      <PageHeader
        title={t('visits.title')}
        note={rows.total === null ? t('visits.note') : t('visits.count', { count: rows.total })}
      >
        <Button
          component={Link}
          to="/settings/visits"
          variant="default"
          leftSection={<IconDownload size={18} stroke={1.75} />}
        >
          {t('members.export')}
        </Button>
      </PageHeader>
      <OfflineBanner help={t('desk.offline')} />
      <PassageTools
        {...tools}
        chips={[
          {
            id: 'inside',
            label: t('filter.inside'),
            on: inside,
            toggle: () => {
              setInside(!inside);
            },
          },
        ]}
      >
        <ZoneChoice zoneId={zoneId} onZone={setZone} />
      </PassageTools>
      <ListFault error={error} />
      <LongTable
        label={t('visits.title')}
        columns={useVisitColumns()}
        rows={rows}
        keyOf={({ id }) => id}
        list={list}
        instead={
          <ListInstead list={first}>
            {filtered ? (
              <StatePanel icon={IconWalk} title={t('visits.nothing')} help={t('members.nothingHelp')} />
            ) : (
              <StatePanel icon={IconWalk} title={t('visits.none')} help={t('visits.noneHelp')} />
            )}
          </ListInstead>
        }
      />
    </Page>
  );
}

function ZoneChoice({ zoneId, onZone }: { zoneId: string; onZone: (zoneId: string) => void }) {
  const { t } = useTranslation();
  const { zones } = useClub();
  return zones.length < 2 ? null : (
    <NativeSelect
      aria-label={t('filter.where')}
      value={zoneId}
      data={[
        { value: '', label: t('filter.everywhere') },
        ...zones.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={(event) => {
        onZone(event.currentTarget.value);
      }}
    />
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
        coming: <PersonComing />,
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
