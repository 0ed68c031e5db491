import { useTranslation } from 'react-i18next';
import { formatClock, formatToday } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useNow } from '@/lib/use-now';
import { useLiveView } from '../live-context';
import { homeTimeZone } from '../live-lookup';
import { ConnectionWord } from './connection-word';
import classes from './live-header.module.css';

export function LiveHeader() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state, connection, clockOffset, failure } = useLiveView();
  const now = useNow(1_000) + clockOffset;
  const sites = state?.sites ?? [];
  const timeZone = homeTimeZone(sites);
  const place = sites.map((site) => site.name).join(', ');
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>{t('live.title')}</h1>
        <p className={classes.place}>
          {[place, formatToday(now, timeZone, language)].filter(Boolean).join(' · ')}
        </p>
      </div>
      {failure === null && <ConnectionWord connection={connection} clockOffset={clockOffset} timeZone={timeZone} />}
      <time className={classes.clock} dateTime={new Date(now).toISOString().slice(0, 16)}>
        {formatClock(now, timeZone, language)}
      </time>
    </header>
  );
}
