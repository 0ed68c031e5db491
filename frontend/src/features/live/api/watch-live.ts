import { ApiError, antiforgeryHeaders, request } from '@/lib/api-client';
import type { LiveDelta } from '../live-types';

/** The server speaks at least every 10 s; after two and a half such silences the line counts as dead. */
const silenceMilliseconds = 25_000;

export interface WatchHandlers {
  onOpen: () => void;
  onDelta: (delta: LiveDelta) => void;
}

/**
 * Follows the club from position `after` on. The promise never resolves while the line lives: it rejects when the line
 * breaks or falls silent, and resolves when `signal` ends it or the server closes the stream in order.
 */
export async function watchLive(after: number, handlers: WatchHandlers, signal: AbortSignal): Promise<void> {
  // Loaded on first use: the log-in page needs no live connection.
  const { HubConnectionBuilder, LogLevel } = await import('@microsoft/signalr');
  const connection = new HubConnectionBuilder()
    .withUrl('/hubs/live', { headers: antiforgeryHeaders() })
    .configureLogging(LogLevel.None)
    .build();
  connection.serverTimeoutInMilliseconds = silenceMilliseconds;
  try {
    await connection.start().catch(async (error: unknown) => {
      // The library does not tell a refused session from a broken network; this question does, and spreads the answer.
      await request('/api/auth/session', { signal });
      throw error;
    });
    signal.throwIfAborted();
    handlers.onOpen();
    await new Promise<void>((resolve, reject) => {
      let watchdog = setTimeout(() => undefined, 0);
      const listen = () => {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => {
          reject(new ApiError(0, 'silent', ''));
        }, silenceMilliseconds);
      };
      listen();
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
      connection.onclose((error) => {
        reject(error ?? new ApiError(0, 'closed', ''));
      });
      connection.stream<LiveDelta>('Watch', after).subscribe({
        next: (delta) => {
          listen();
          handlers.onDelta(delta);
        },
        error: reject,
        complete: resolve,
      });
    });
  } finally {
    await connection.stop();
  }
}
