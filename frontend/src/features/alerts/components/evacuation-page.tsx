import { IconBuilding, IconCloudOff } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chips } from '@/components/chips';
import { ErrorPanel } from '@/components/error-panel';
import { Page } from '@/components/page';
import { PageHeader } from '@/components/page-header';
import { Skeleton } from '@/components/skeleton';
import { StatePanel } from '@/components/state-panel';
import { ApiError } from '@/lib/api-client';
import { useClub, type ClubSite } from '@/lib/club';
import { useMay } from '@/lib/rights';
import { formatClock, formatMoment } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useEmergency, useSiteOrder, type Emergency, type SiteOrder } from '../api/emergency';
import { doorsNotBack } from '../door-words';
import { useFreshness } from '../freshness';
import { useTicks } from '../use-ticks';
import { DoorsLeft } from './doors-left';
import { HoldButton } from './hold-button';
import { PeopleInside } from './people-inside';
import classes from './evacuation.module.css';

/** Opens all doors of a site and says who is still inside. Made for a phone in a hand outside. */
export function EvacuationPage() {
  const { t } = useTranslation();
  const { sites } = useClub();
  const [chosen, setChosen] = useState<string | null>(null);
  const site = sites.find((s) => s.id === chosen) ?? sites[0];
  return (
    <Page title={t('evacuation.title')}>
      <PageHeader title={t('evacuation.title')} note={site?.name} withConnection={false} />
      {sites.length > 1 && (
        <Chips
          large
          label={t('evacuation.site')}
          chips={sites.map(({ id, name }) => ({
            id,
            label: name,
            on: id === site?.id,
            toggle: () => {
              setChosen(id);
            },
          }))}
        />
      )}
      {site === undefined ? <NoSite /> : <OneSite key={site.id} site={site} />}
    </Page>
  );
}

/** Not known yet, not to be known for now, or there is none: nobody waits here for what does not come. */
function NoSite() {
  const { t } = useTranslation();
  const { connection, failure, tryNow } = useClub();
  if (failure !== null && failure !== undefined) {
    return (
      <ErrorPanel
        title={t('evacuation.failed')}
        help={t('evacuation.failedHelp')}
        code={failure.code}
        nextTryAt={failure.nextTryAt}
        onRetry={tryNow}
      />
    );
  }
  return connection.kind === 'live' ? (
    <StatePanel icon={IconBuilding} title={t('evacuation.noSite')} />
  ) : (
    <Skeleton width="100%" height={240} />
  );
}

function OneSite({ site }: { site: ClubSite }) {
  const { t } = useTranslation();
  const emergency = useEmergency(site.id);
  const { ticks, tick } = useTicks(site.id);
  const { data, error } = emergency;
  if (data === undefined) {
    return error === null ? (
      <Skeleton width="100%" height={240} />
    ) : (
      <ErrorPanel
        title={t('evacuation.failed')}
        help={t('evacuation.failedHelp')}
        code={error instanceof ApiError ? error.code : 'unreachable'}
        nextTryAt={null}
        onRetry={() => void emergency.refetch()}
      />
    );
  }
  return (
    <>
      <Line data={data} receivedAt={emergency.dataUpdatedAt} hasFailed={error !== null} timeZone={site.timeZone} />
      <Standing data={data} timeZone={site.timeZone} />
      <Orders site={site} data={data} />
      <PeopleInside data={data} ticks={ticks} tick={tick} timeZone={site.timeZone} />
    </>
  );
}

interface LineProps {
  data: Emergency;
  receivedAt: number;
  hasFailed: boolean;
  timeZone: string;
}

/** How true the list is: live, or since when it is old. */
function Line({ data, receivedAt, hasFailed, timeZone }: LineProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { clockOffset } = useClub();
  const { isFresh, listedAt, ageMilliseconds } = useFreshness(
    { serverTime: data.serverTime, receivedAt, hasFailed },
    clockOffset,
  );
  return (
    <div className={classes.line} data-testid="freshness" data-fresh={isFresh || undefined}>
      {!isFresh && <IconCloudOff size={20} stroke={1.75} aria-hidden="true" />}
      <p role="status">
        {isFresh
          ? t('evacuation.fresh')
          : t('evacuation.stale', { time: formatClock(listedAt, timeZone, language) })}
      </p>
      {!isFresh && <span className={classes.age}>{ageWords(ageMilliseconds, t)}</span>}
    </div>
  );
}

function ageWords(milliseconds: number, t: TFunction): string {
  const minutes = Math.floor(milliseconds / 60_000);
  const seconds = Math.floor(milliseconds / 10_000) * 10;
  return minutes > 0
    ? t('time.minutesAgo', { count: minutes })
    : seconds > 0
      ? t('time.secondsAgo', { count: seconds })
      : t('time.now');
}

function Standing({ data, timeZone }: { data: Emergency; timeZone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (data.kind === 'none' || data.since === null) {
    return <Afterwards data={data} timeZone={timeZone} />;
  }
  const kind = data.kind === 'evacuation' ? 'evacuation' : 'lockDown';
  const done = data.gates.filter((gate) => gate.state === 'done').length;
  return (
    <section className={classes.standing} data-kind={data.kind} role="status">
      <p className={classes.standingTitle}>{t(`evacuation.${kind}.on`)}</p>
      <p>
        {t('evacuation.since', {
          time: formatClock(Date.parse(data.since), timeZone, language),
          name: data.operator ?? t('evacuation.somebody'),
          reason: data.reason ?? '',
        })}
      </p>
      <p>{t(`evacuation.${kind}.doors`, { count: done, all: data.gates.length })}</p>
      <DoorsLeft gates={data.gates} timeZone={timeZone} />
    </section>
  );
}

/** It is over, but not for every door: these may still stand open, or let nobody in. */
function Afterwards({ data, timeZone }: { data: Emergency; timeZone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const left = doorsNotBack(data.gates);
  if (left.length === 0 || data.endedAt === null) {
    return null;
  }
  const kind = data.ended === 'evacuation' ? 'evacuation' : 'lockDown';
  const time = formatMoment(Date.parse(data.endedAt), Date.parse(data.serverTime), timeZone, language);
  return (
    <section className={classes.standing} data-kind="after" data-testid="doors-not-back">
      <p className={classes.standingTitle} role="status">
        {t('evacuation.notBack', { count: left.length })}
      </p>
      <p>{t(`evacuation.${kind}.ended`, { time })}</p>
      <DoorsLeft gates={left} timeZone={timeZone} />
    </section>
  );
}

const reasons = {
  evacuate: ['danger', 'alarm', 'drill'],
  'end-evacuation': ['allOut', 'drillOver', 'falseAlarm'],
  lock: ['threat', 'drill'],
  'end-lock': ['over', 'drillOver'],
} as const;

function Orders({ site, data }: { site: ClubSite; data: Emergency }) {
  const mayEvacuate = useMay('sites.evacuate');
  const mayLock = useMay('sites.lock_down');
  return (
    <div className={classes.orders}>
      {mayEvacuate && data.kind === 'evacuation' && <Order site={site} order="end-evacuation" quiet />}
      {mayEvacuate && data.kind !== 'evacuation' && <Order site={site} order="evacuate" />}
      {mayLock && data.kind === 'lock_down' && <Order site={site} order="end-lock" quiet />}
      {mayLock && data.kind === 'none' && <Order site={site} order="lock" quiet />}
    </div>
  );
}

function Order({ site, order, quiet = false }: { site: ClubSite; order: SiteOrder; quiet?: boolean }) {
  const { t } = useTranslation();
  const action = useSiteOrder(site.id);
  const words: readonly string[] = reasons[order];
  const [reason, setReason] = useState(words[0] ?? 'danger');
  const say = (word: string) => t(`evacuation.reason.${word as 'danger'}`);
  return (
    <section className={classes.order} aria-label={t(`evacuation.do.${order}`, { name: site.name })}>
      <Chips
        large
        label={t('evacuation.why')}
        chips={words.map((word) => ({
          id: word,
          label: say(word),
          on: word === reason,
          toggle: () => {
            setReason(word);
          },
        }))}
      />
      <HoldButton
        quiet={quiet}
        disabled={action.isPending}
        help={t(`evacuation.help.${order}`)}
        onHeld={() => {
          action.mutate({ order, reason: say(reason) });
        }}
      >
        {t(`evacuation.do.${order}`, { name: site.name })}
      </HoldButton>
      {action.isError && (
        <p role="alert" className={classes.failed}>
          {t('evacuation.orderFailed')}
        </p>
      )}
    </section>
  );
}
