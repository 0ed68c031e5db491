import { useTranslation } from 'react-i18next';
import { formatClock } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useNow } from '@/lib/use-now';
import type { Connection } from '../live-store';
import classes from './live-header.module.css';

/** A break shorter than this is a hiccup; a longer one has a beginning worth telling. */
const hiccupMilliseconds = 10_000;

export type ConnectionState = 'connecting' | 'live' | 'reconnecting' | 'offline';

export function useConnectionState(connection: Connection): ConnectionState {
  const now = useNow(1_000);
  if (connection.kind !== 'lost') {
    return connection.kind;
  }
  return now - connection.since > hiccupMilliseconds || !navigator.onLine ? 'offline' : 'reconnecting';
}

interface ConnectionWordProps {
  connection: Connection;
  clockOffset: number;
  timeZone: string;
}

export function ConnectionWord({ connection, clockOffset, timeZone }: ConnectionWordProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const state = useConnectionState(connection);
  const since = connection.kind === 'lost' ? connection.since + clockOffset : 0;
  const words = {
    connecting: () => t('live.connection.connecting'),
    live: () => t('live.connection.live'),
    reconnecting: () => t('live.connection.reconnecting'),
    offline: () => t('live.connection.offline', { time: formatClock(since, timeZone, language) }),
  };
  return (
    <p role="status" className={classes.connection} data-state={state} data-testid="connection">
      {words[state]()}
    </p>
  );
}
