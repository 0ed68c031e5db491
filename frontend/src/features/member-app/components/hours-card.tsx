import type { OpenDay, OpenSpan, SiteHours } from '../api/me';
import { clockShort, weekday, longDay } from '../dates';
import { openingAt } from '../opening';
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

function headline(site: SiteHours, now: number, t: Say): string {
  const { timeZone, today } = site;
  const opening = openingAt(site, now);
  if (opening.kind === 'always') {
    return t('hours.always');
  }
  if (opening.kind === 'until') {
    return t('hours.openUntil', { time: clockShort(opening.to, timeZone) });
  }
  const { next } = opening;
  if (next === null) {
    return t('hours.closed');
  }
  const time = clockShort(next.from, timeZone);
  return next.day === today ? t('hours.opensAt', { time }) : t('hours.opensOn', { day: weekday(next.day), time });
}

function Row({ day, site, name }: { day: OpenDay; site: SiteHours; name: string }) {
  const { t } = useTexts();
  // From one hour to the same hour is a whole day, also where clocks are changed in between.
  const range = (span: OpenSpan) => {
    const [from, to] = [clockShort(span.from, site.timeZone), clockShort(span.to, site.timeZone)];
    return from === to ? t('hours.allDay') : t('days.range', { from, to });
  };
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
