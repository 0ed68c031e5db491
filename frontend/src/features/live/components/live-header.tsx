import { useTranslation } from 'react-i18next';
import { formatClock, formatToday } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useNow } from '@/lib/use-now';
import { useLiveView } from '../live-context';
import { homeTimeZone } from '../live-lookup';
import type { Site } from '../live-types';
import { ConnectionWord } from './connection-word';
import classes from './live-header.module.css';

export function LiveHeader() {
  const { t } = useTranslation();
  const { state, connection, clockOffset, failure } = useLiveView();
  const timeZone = homeTimeZone(state?.sites ?? []);
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>{t('live.title')}</h1>
        <p className={classes.place}>
          {state !== null && <PlaceAndDate sites={state.sites} clockOffset={clockOffset} />}
        </p>
      </div>
      {failure === null && (
        <ConnectionWord connection={connection} clockOffset={clockOffset} timeZone={timeZone} />
      )}
      {state !== null && <Clock timeZone={timeZone} clockOffset={clockOffset} />}
    </header>
  );
}

function PlaceAndDate({ sites, clockOffset }: { sites: readonly Site[]; clockOffset: number }) {
  const language = useLanguage();
  const now = useNow(1_000) + clockOffset;
  const names = sites.map((site) => site.name).join(', ');
  return [names, formatToday(now, homeTimeZone(sites), language)].filter(Boolean).join(' · ');
}

/** The clock on the club's wall: the zone of the site, the time of the server. */
function Clock({ timeZone, clockOffset }: { timeZone: string; clockOffset: number }) {
  const language = useLanguage();
  const now = useNow(1_000) + clockOffset;
  return (
    <time className={classes.clock} dateTime={new Date(now).toISOString().slice(0, 16)}>
      {formatClock(now, timeZone, language)}
    </time>
  );
}
