import { useTranslation } from 'react-i18next';
import { useClubNow } from '@/lib/club';
import { formatDate, formatHour, parseDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import type { Site } from '../api/commands';
import { days, draftOf, type Span } from '../hours-draft';
import { ChangingPart } from './changing-part';
import { HoursForm } from './hours-form';
import own from './hours.module.css';
import classes from './settings.module.css';

/** When a site is open, as its members read it on their phones. */
export function HoursPart({ site }: { site: Site }) {
  const { t } = useTranslation();
  return (
    <ChangingPart
      title={t('settings.hours.title')}
      change={t('settings.hours.change')}
      leave={t('settings.hours.leave')}
      told={(changing) => !changing && <Told site={site} />}
      form={(onDone) => <HoursForm site={site} onDone={onDone} />}
    />
  );
}

function Told({ site }: { site: Site }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = useClubNow();
  if (site.hours === null) {
    return <p className={classes.help}>{t('settings.hours.none')}</p>;
  }
  const { week, special } = draftOf(site.hours);
  const said = (spans: Span[]) =>
    spans.length === 0
      ? t('settings.hours.closed')
      : spans
          .map(({ from, to }) =>
            t('settings.hours.range', { from: formatHour(from, language), to: formatHour(to, language) }),
          )
          .join(', ');
  return (
    <dl className={own.hours}>
      {days.map((day) => (
        <div key={day}>
          <dt>{t(`settings.hours.days.${day}`)}</dt>
          <dd>{said(week[day])}</dd>
        </div>
      ))}
      {special.map((day) => (
        <div key={day.day}>
          <dt>
            {formatDate(parseDate(day.day), now, language)}
            {day.name !== '' && ` · ${day.name}`}
          </dt>
          <dd>{said(day.closed ? [] : [day])}</dd>
        </div>
      ))}
    </dl>
  );
}
