import { Button } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { formatClock } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useLive, useLiveView } from '../live-context';
import { homeTimeZone } from '../live-lookup';
import { useConnectionState } from './connection-word';
import classes from './offline-banner.module.css';

/** Says since when, what still works and what waits; nothing for a break that ends by itself at once. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { tryNow } = useLive();
  const { connection, clockOffset, state } = useLiveView();
  const shown = useConnectionState(connection) === 'offline' && connection.kind === 'lost' && state !== null;
  if (!shown) {
    return null;
  }
  const time = formatClock(connection.since + clockOffset, homeTimeZone(state.sites), language);
  return (
    <div className={classes.banner}>
      <IconCloudOff size={20} stroke={1.75} aria-hidden="true" />
      <p>
        <strong>{t('live.connection.bannerTitle', { time })}</strong> {t('live.connection.bannerHelp')}
      </p>
      <Button variant="default" className={classes.retry} onClick={tryNow}>
        {t('error.retry')}
      </Button>
    </div>
  );
}
