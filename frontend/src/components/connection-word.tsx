import { useTranslation } from 'react-i18next';
import { useClub } from '@/lib/club';
import { useConnectionState } from '@/lib/connection';
import { formatClock } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import classes from './connection-word.module.css';

/** The truth about the line, in words: live, coming back, or cut since when. */
export function ConnectionWord() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { connection, clockOffset, timeZone } = useClub();
  const state = useConnectionState(connection);
  const since = connection.kind === 'lost' ? connection.since + clockOffset : 0;
  const words = {
    connecting: () => t('connection.connecting'),
    live: () => t('connection.live'),
    reconnecting: () => t('connection.reconnecting'),
    offline: () => t('connection.offline', { time: formatClock(since, timeZone, language) }),
  };
  return (
    <p role="status" className={classes.connection} data-state={state} data-testid="connection">
      {words[state]()}
    </p>
  );
}
