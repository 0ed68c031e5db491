import { useNow } from './use-now';

export type Connection =
  | { kind: 'connecting' }
  | { kind: 'live' }
  /** `since` is when the server was last heard. */
  | { kind: 'lost'; since: number; nextTryAt: number | null };

export type ConnectionState = 'connecting' | 'live' | 'reconnecting' | 'offline';

/** A break shorter than this is a hiccup; a longer one has a beginning worth telling. */
const hiccupMilliseconds = 10_000;

export function useConnectionState(connection: Connection): ConnectionState {
  const now = useNow(1_000);
  if (connection.kind !== 'lost') {
    return connection.kind;
  }
  return now - connection.since > hiccupMilliseconds || !navigator.onLine ? 'offline' : 'reconnecting';
}
