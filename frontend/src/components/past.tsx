import { Button, TextInput } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { use, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ClubContext, useClub } from '@/lib/club';
import { fromMomentField, PastContext, toMomentField } from '@/lib/past';
import { RightsContext } from '@/lib/rights';
import { formatClock, formatToday } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useNow } from '@/lib/use-now';
import classes from './past.module.css';

/** What is below sees the club as it was: its clock shows that moment, and nobody may do anything but read. */
export function Past({ at, children }: { at: string; children: ReactNode }) {
  const club = useClub();
  const rights = use(RightsContext);
  const now = useNow(10_000);
  const reading = useMemo(() => new Set([...rights].filter((right) => right.endsWith('.read'))), [rights]);
  const then = useMemo(() => ({ ...club, clockOffset: Date.parse(at) - now }), [club, at, now]);
  return (
    <PastContext value={at}>
      <RightsContext value={reading}>
        <ClubContext value={then}>{children}</ClubContext>
      </RightsContext>
    </PastContext>
  );
}

interface PastBannerProps {
  at: string;
  /** What is not known any more of this moment. */
  missing?: string;
  onAt: (at: string) => void;
  onNow: () => void;
}

/** Says that this is the past, lets another moment be chosen, and leads back. */
export function PastBanner({ at, missing, onAt, onNow }: PastBannerProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone, clockOffset } = useClub();
  const moment = Date.parse(at);
  const latest = useNow(60_000) + clockOffset;
  return (
    <div className={classes.banner} role="region" aria-label={t('past.label')} data-testid="past">
      <IconHistory size={22} stroke={1.75} aria-hidden="true" />
      <p className={classes.words}>
        <strong>
          {t('past.title', {
            day: formatToday(moment, timeZone, language),
            time: formatClock(moment, timeZone, language),
          })}
        </strong>{' '}
        {[t('past.help'), missing].join(' ').trim()}
      </p>
      <TextInput
        type="datetime-local"
        size="sm"
        aria-label={t('past.moment')}
        value={toMomentField(moment, timeZone)}
        max={toMomentField(latest, timeZone)}
        onChange={(event) => {
          const chosen = fromMomentField(event.currentTarget.value, timeZone);
          if (chosen !== null) {
            onAt(new Date(Math.min(chosen, latest)).toISOString());
          }
        }}
      />
      <Button variant="default" onClick={onNow}>
        {t('past.now')}
      </Button>
    </div>
  );
}
