import type { OpenDay, OpenSpan, SiteHours } from '../api/me';
import { clockShort, weekday, longDay } from '../dates';
import { useTexts } from '../texts';
import member from './member-app.module.css';
import classes from './hours.module.css';

const daysShown = 7;

/** The first answer is whether one can go now; the week stands below, and what differs from it. */
export function HoursCard({ site, now }: { site: SiteHours; now: number }) {
  const { t } = useTexts();
  const coming = site.days.filter(({ day }) => day >= site.today);
  const later = coming.slice(daysShown).filter(({ special }) => special);
  return (
    <section className={member.card}>
      <h2 className={member.label}>{t('hours.title', { site: site.site })}</h2>
      <p className={member.big}>{headline(site, now, t)}</p>
      <dl className={classes.week}>
        {coming.slice(0, daysShown).map((day) => (
          <Row key={day.day} day={day} site={site} name={weekday(day.day)} />
        ))}
        {later.map((day) => (
          <Row key={day.day} day={day} site={site} name={longDay(day.day)} />
        ))}
      </dl>
    </section>
  );
}

type Say = ReturnType<typeof useTexts>['t'];

function headline({ days, timeZone, today }: SiteHours, now: number, t: Say): string {
  const spans = days.flatMap(({ day, spans: some }) => some.map((span) => ({ day, ...span })));
  const open = spans.find(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to));
  if (open !== undefined) {
    return t('hours.openUntil', { time: clockShort(open.to, timeZone) });
  }
  const next = spans.find(({ from }) => Date.parse(from) > now);
  if (next === undefined) {
    return t('hours.closed');
  }
  const time = clockShort(next.from, timeZone);
  return next.day === today ? t('hours.opensAt', { time }) : t('hours.opensOn', { day: weekday(next.day), time });
}

function Row({ day, site, name }: { day: OpenDay; site: SiteHours; name: string }) {
  const { t } = useTexts();
  const range = ({ from, to }: OpenSpan) =>
    t('days.range', { from: clockShort(from, site.timeZone), to: clockShort(to, site.timeZone) });
  return (
    <div data-today={day.day === site.today || undefined}>
      <dt>
        {name}
        {day.name !== null && <span className={classes.why}>{day.name}</span>}
      </dt>
      <dd>{day.spans.length === 0 ? t('hours.closed') : day.spans.map(range).join(', ')}</dd>
    </div>
  );
}
