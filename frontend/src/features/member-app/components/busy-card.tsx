import type { Busy } from '../api/me';
import { hourOfDay } from '../dates';
import { useTexts } from '../texts';
import member from './member-app.module.css';
import classes from './busy.module.css';

const some = 0.5;
const full = 0.85;
const firstHour = 6;
const chart = { width: 320, height: 64, gap: 3 };

function word({ inside, capacity, usual }: Busy): 'busy.quiet' | 'busy.some' | 'busy.full' | null {
  const most = capacity ?? (usual === null ? null : Math.max(...usual));
  if (most === null || most === 0) {
    return null;
  }
  const share = inside / most;
  return share >= full && capacity !== null ? 'busy.full' : share >= some ? 'busy.some' : 'busy.quiet';
}

/** How many are inside now, in words first, and how it usually is on this day. */
export function BusyCard({ zone, offline }: { zone: Busy; offline: boolean }) {
  const { t } = useTexts();
  const headline = word(zone);
  const count =
    zone.inside === 0
      ? t('busy.nobody')
      : zone.inside === 1
        ? t('busy.person')
        : t('busy.people', { count: zone.inside });
  const usualNow = zone.usual?.[zone.hour];
  if (offline) {
    return null;
  }
  return (
    <section className={member.card}>
      <div className={member.between}>
        <h2 className={member.label}>{t('busy.now', { zone: zone.zone })}</h2>
        <span className={`${member.label ?? ''} ${member.number ?? ''}`}>
          {zone.estimated && '≈ '}
          {zone.capacity !== null && t('busy.of', { count: zone.inside, capacity: zone.capacity })}
          {zone.capacity === null && headline !== null && count}
          {zone.estimated && ` (${t('busy.estimated')})`}
        </span>
      </div>
      <p className={member.big}>{headline === null ? count : t(headline)}</p>
      {usualNow !== undefined && <p className={member.label}>{t('busy.usual', { count: usualNow })}</p>}
      {zone.usual !== null && <Hours usual={zone.usual} now={zone.hour} />}
    </section>
  );
}

function Hours({ usual, now }: { usual: number[]; now: number }) {
  const { t } = useTexts();
  const hours = usual.slice(firstHour);
  const most = Math.max(1, ...hours);
  const peak = usual.indexOf(Math.max(...usual));
  const step = chart.width / hours.length;
  return (
    <svg
      className={classes.chart}
      viewBox={`0 0 ${chart.width} ${chart.height + 18}`}
      role="img"
      aria-label={t('busy.chart', { hour: hourOfDay(peak) })}
    >
      {hours.map((count, index) => {
        const height = Math.max(2, (count / most) * chart.height);
        const hour = index + firstHour;
        return (
          <rect
            key={hour}
            x={index * step}
            y={chart.height - height}
            width={step - chart.gap}
            height={height}
            rx={2}
            className={hour === now ? classes.now : hour < now ? classes.past : classes.coming}
          />
        );
      })}
      {[6, 10, 14, 18, 22].map((hour) => (
        <text
          key={hour}
          x={(hour - firstHour) * step}
          y={chart.height + 14}
          className={hour === now ? classes.here : classes.axis}
        >
          {hourOfDay(hour)}
        </text>
      ))}
    </svg>
  );
}
