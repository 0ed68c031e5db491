import { IconShieldCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LongTable, type Column } from '@/components/long-table';
import { OfflineBanner } from '@/components/offline-banner';
import { Page } from '@/components/page';
import { PageHeader } from '@/components/page-header';
import { usePlacedRows } from '@/components/placed-rows';
import { StatePanel } from '@/components/state-panel';
import { useClub, useClubNow } from '@/lib/club';
import { reasonText } from '@/lib/reason-text';
import { formatClock, formatDate, siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { anomaliesList, type ListedAnomaly } from '../api/lists';
import { usePassages } from '../use-passages';
import { ListFault } from './list-fault';
import { ListInstead } from './list-instead';
import { PassageTools } from './passage-tools';
import { PersonCell, PersonComing } from './person-cell';
import classes from './members-page.module.css';

type Anomaly = ListedAnomaly;

const kinds = [
  'refused',
  'by_hand',
  'offline_differs',
  'entered_again',
  'not_inside',
  'exit_unseen',
  'late_passage',
] as const;

/** Refusals, entries by hand and passages that do not fit: what somebody may want to look into. */
export function AnomaliesPage() {
  const { t } = useTranslation();
  const { asked, ...tools } = usePassages();
  const [kind, setKind] = useState<(typeof kinds)[number] | null>(null);
  const list = useMemo(() => anomaliesList({ ...asked, ...(kind !== null && { kind }) }), [asked, kind]);
  const { first, rows, error } = usePlacedRows(list);
  const filtered = kind !== null || Object.keys(asked).length > 0;
  return (
    <Page fixed title={t('anomalies.title')}>
      <PageHeader
        title={t('anomalies.title')}
        note={rows.total === null ? t('anomalies.note') : t('anomalies.count', { count: rows.total })}
      />
      <OfflineBanner help={t('desk.offline')} />
      <PassageTools
        {...tools}
        chips={kinds.map((each) => ({
          id: each,
          label: t(`anomalies.kind.${each}`),
          on: each === kind,
          toggle: () => {
            setKind(each === kind ? null : each);
          },
        }))}
      />
      <ListFault error={error} />
      <LongTable
        label={t('anomalies.title')}
        columns={useAnomalyColumns()}
        rows={rows}
        keyOf={({ id }) => id}
        list={list}
        instead={
          <ListInstead list={first}>
            {filtered ? (
              <StatePanel icon={IconShieldCheck} title={t('anomalies.nothing')} help={t('members.nothingHelp')} />
            ) : (
              <StatePanel icon={IconShieldCheck} title={t('anomalies.none')} help={t('anomalies.noneHelp')} />
            )}
          </ListInstead>
        }
      />
    </Page>
  );
}

function useAnomalyColumns(): readonly Column<Anomaly>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const { zones, gates, timeZone } = useClub();
  const now = useClubNow();
  return useMemo(() => {
    const today = siteDate(now, timeZone);
    return [
      {
        id: 'name',
        title: t('members.name'),
        width: 'minmax(0, 2fr)',
        narrowWidth: 'minmax(0, 1fr)',
        cell: ({ memberId, displayName, photoUrl }) => (
          <PersonCell id={memberId} displayName={displayName} photoUrl={photoUrl} />
        ),
        coming: <PersonComing />,
      },
      {
        id: 'what',
        title: t('anomalies.what'),
        width: 'minmax(0, 2.4fr)',
        narrowWidth: 'minmax(0, 0.9fr)',
        cell: ({ kind, reason, note, zoneId }) => {
          const known = kinds.find((each) => each === kind);
          const zoneName = zones.find(({ id }) => id === zoneId)?.name ?? '';
          const why =
            reason === null ? note : reasonText({ reason }, { t, language, timeZone, zoneName, now });
          return (
            <span>
              <span className={classes.reason}>{known === undefined ? kind : t(`anomalies.kind.${known}`)}</span>
              {why !== null && why !== '' && <span className={classes.why}>{why}</span>}
            </span>
          );
        },
      },
      {
        id: 'gate',
        title: t('anomalies.gate'),
        width: 'minmax(0, 1.4fr)',
        wideOnly: true,
        cell: ({ gateId }) => (
          <span className={classes.quiet}>{gates.find(({ id }) => id === gateId)?.name ?? ''}</span>
        ),
      },
      {
        id: 'day',
        title: t('visits.day'),
        width: '96px',
        wideOnly: true,
        end: true,
        cell: ({ at }) => formatDate(siteDate(Date.parse(at), timeZone), today, language),
      },
      {
        id: 'time',
        title: t('anomalies.time'),
        width: '72px',
        narrowWidth: '60px',
        end: true,
        cell: ({ at }) => formatClock(Date.parse(at), timeZone, language),
      },
    ];
  }, [t, language, zones, gates, timeZone, now]);
}
