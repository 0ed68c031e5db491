import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { PageHeader } from '@/components/page-header';
import { homeTimeZone } from '@/lib/club';
import { formatClock, formatToday } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useNow } from '@/lib/use-now';
import { useLiveView } from '../live-context';
import type { Site } from '../live-types';
import { LiveActions } from './live-actions';
import classes from './live-header.module.css';

export function LiveHeader({ actions }: { actions?: ReactNode }) {
  const { t } = useTranslation();
  const { state, clockOffset, failure } = useLiveView();
  const timeZone = homeTimeZone(state?.sites ?? []);
  return (
    <PageHeader
      title={t('live.title')}
      note={state !== null && <PlaceAndDate sites={state.sites} clockOffset={clockOffset} />}
      withConnection={failure === null}
    >
      <Link to="/past" className={classes.past}>
        {t('past.open')}
      </Link>
      <LiveActions>{actions}</LiveActions>
      <Clock timeZone={timeZone} clockOffset={clockOffset} known={state !== null} />
    </PageHeader>
  );
}

function PlaceAndDate({ sites, clockOffset }: { sites: readonly Site[]; clockOffset: number }) {
  const language = useLanguage();
  const now = useNow(1_000) + clockOffset;
  const names = sites.map((site) => site.name).join(', ');
  return [names, formatToday(now, homeTimeZone(sites), language)].filter(Boolean).join(' · ');
}

interface ClockProps {
  timeZone: string;
  clockOffset: number;
  known: boolean;
}

/** The clock on the club's wall: the zone of the site, the time of the server. Its place is kept until it is known. */
function Clock({ timeZone, clockOffset, known }: ClockProps) {
  const language = useLanguage();
  const now = useNow(1_000) + clockOffset;
  return (
    <time className={classes.clock} data-known={known} dateTime={new Date(now).toISOString().slice(0, 16)}>
      {formatClock(now, timeZone, language)}
    </time>
  );
}
