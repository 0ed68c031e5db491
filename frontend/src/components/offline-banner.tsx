import { Button } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useClub } from '@/lib/club';
import { useConnectionState } from '@/lib/connection';
import { formatClock } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import classes from './offline-banner.module.css';

/** Says since when, what still works and what waits; nothing for a break that ends by itself at once. */
export function OfflineBanner({ help }: { help: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { connection, clockOffset, timeZone, tryNow } = useClub();
  const shown = useConnectionState(connection) === 'offline' && connection.kind === 'lost';
  if (!shown) {
    return null;
  }
  const time = formatClock(connection.since + clockOffset, timeZone, language);
  return (
    <div className={classes.banner}>
      <IconCloudOff size={20} stroke={1.75} aria-hidden="true" />
      <p>
        <strong>{t('connection.bannerTitle', { time })}</strong> {help}
      </p>
      <Button variant="default" className={classes.retry} onClick={tryNow}>
        {t('error.retry')}
      </Button>
    </div>
  );
}
