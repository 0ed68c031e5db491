import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { perTab, readStored, writeStored } from '@/lib/storage';
import { formatClock } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useNow } from '@/lib/use-now';
import { useUsualDay, type UsualDay as Day } from '../api/get-usual-day';
import { useLiveView } from '../live-context';
import type { Site } from '../live-types';
import { againstUsual, chartHeight, chartOf, chartWidth } from '../usual-chart';
import { UsualTable } from './usual-table';
import classes from './usual-day.module.css';

const siteKey = 'smartclub.live.usual-site';

/** Is today as busy as this weekday usually is? One site at a time; which one is kept as long as the tab lives. */
export function UsualDay() {
  const { state } = useLiveView();
  const [chosen, setChosen] = useState(() => readStored(perTab, siteKey));
  const sites = state?.sites ?? [];
  const site = sites.find(({ id }) => id === chosen) ?? sites[0];
  return site === undefined ? null : (
    <OneSite
      key={site.id}
      site={site}
      sites={sites}
      onSite={(id) => {
        writeStored(perTab, siteKey, id);
        setChosen(id);
      }}
    />
  );
}

interface OneSiteProps {
  site: Site;
  sites: readonly Site[];
  onSite: (id: string) => void;
}

function OneSite({ site, sites, onSite }: OneSiteProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data, error } = useUsualDay(site.id);
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(
    data === undefined ? 0 : Date.parse(data.day),
  );
  return (
    <Card
      testId="usual-day"
      title={data === undefined ? t('live.usual.titlePlain') : t('live.usual.title', { weekday })}
      aside={
        sites.length > 1 ? (
          <NativeSelect
            size="xs"
            aria-label={t('live.usual.titlePlain')}
            value={site.id}
            data={sites.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => {
              onSite(event.currentTarget.value);
            }}
          />
        ) : undefined
      }
    >
      <div className={classes.body}>
        {data !== undefined && <Curve day={data} site={site} />}
        {data !== undefined && <UsualTable day={data} />}
        {data === undefined && error !== null && (
          <p role="alert" className={classes.words}>
            {t('live.usual.failed')}
          </p>
        )}
      </div>
    </Card>
  );
}

function Curve({ day, site }: { day: Day; site: Site }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { clockOffset, state } = useLiveView();
  const at = useNow(10_000) + clockOffset;
  const timeZone = site.timeZone;
  const zones = (state?.zones ?? []).filter((zone) => zone.siteId === site.id);
  const alone = (state?.sites.length ?? 0) < 2;
  const inside = alone ? (state?.today.insideTotal ?? 0) : zones.reduce((sum, zone) => sum + zone.inside, 0);
  const now = { minute: minuteOf(at, timeZone), count: inside };
  const chart = chartOf(day, now);
  const more = againstUsual(day, now);
  const time = formatClock(at, timeZone, language);
  const isEstimated = day.isEstimated || zones.some((zone) => zone.estimated);
  const count = isEstimated ? `≈\u00A0${inside}` : String(inside);
  const finding =
    more === null
      ? t('live.usual.unknown')
      : more === 0
        ? t('live.usual.same', { count: day.days })
        : t(more > 0 ? 'live.usual.more' : 'live.usual.fewer', { people: Math.abs(more), count: day.days });
  const nowLeft = chart.now.x > chartWidth / 2;
  return (
    <>
      <svg viewBox={`0 0 ${chartWidth} ${chartHeight}`} className={classes.chart} role="img" aria-label={finding}>
        {chart.ticks.map(({ y, count: people }) => (
          <g key={people}>
            <line x1={0} x2={296} y1={y} y2={y} className={classes.grid} />
            <text x={chartWidth} y={y + 4} textAnchor="end" className={classes.axis}>
              {people}
            </text>
          </g>
        ))}
        <path d={chart.band} className={classes.band} />
        <path d={chart.usual} className={classes.usual} />
        <path d={chart.today} className={classes.today} />
        <circle cx={chart.now.x} cy={chart.now.y} r={4.5} className={classes.now} />
        <text
          x={chart.now.x + (nowLeft ? -8 : 8)}
          y={Math.max(10, chart.now.y - 8)}
          textAnchor={nowLeft ? 'end' : 'start'}
          className={classes.nowWords}
        >
          {t('live.usual.now', { people: count, time })}
        </text>
        {chart.hours.map(({ x, hour }) => (
          <text key={hour} x={x} y={chartHeight - 6} textAnchor={x < 8 ? 'start' : 'middle'} className={classes.axis}>
            {t('live.usual.hour', { hour })}
          </text>
        ))}
      </svg>
      <p className={classes.words}>{finding}</p>
    </>
  );
}

function minuteOf(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
  const [hour = 0, minute = 0] = parts.split(':').map(Number);
  return (hour % 24) * 60 + minute;
}
