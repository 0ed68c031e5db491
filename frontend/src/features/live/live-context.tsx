import {
  createContext,
  use,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { getLive } from './api/get-live';
import { watchLive } from './api/watch-live';
import { LiveSession } from './live-session';
import { LiveStore, type LiveView } from './live-store';
import type { LiveSnapshot } from './live-types';

interface Live {
  store: LiveStore;
  tryNow: () => void;
}

const LiveContext = createContext<Live | null>(null);

/** One live session for all that is signed in: the page shows it, the rail counts its refusals. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [store] = useState(() => new LiveStore());
  const [session] = useState(
    () => new LiveSession(store, { loadSnapshot: getLive, watch: watchLive, random: Math.random }),
  );
  useEffect(() => {
    const stop = new AbortController();
    const tryNow = () => {
      if (document.visibilityState === 'visible') {
        session.tryNow();
      }
    };
    void session.run(stop.signal);
    window.addEventListener('online', tryNow);
    document.addEventListener('visibilitychange', tryNow);
    return () => {
      stop.abort();
      window.removeEventListener('online', tryNow);
      document.removeEventListener('visibilitychange', tryNow);
    };
  }, [session]);
  const live = useMemo(
    () => ({
      store,
      tryNow: () => {
        session.tryNow();
      },
    }),
    [store, session],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

/** The board as a snapshot tells it, for what shows the live one: nothing moves in it. */
export function StillLive({ snapshot, children }: { snapshot: LiveSnapshot; children: ReactNode }) {
  const live = useMemo(() => {
    const store = new LiveStore();
    store.takeSnapshot(snapshot, true);
    return { store, tryNow: () => undefined };
  }, [snapshot]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  const live = use(LiveContext);
  if (live === null) {
    throw new Error('useLive needs a LiveProvider above it');
  }
  return live;
}

export function useLiveView(): LiveView {
  const { store } = useLive();
  return useSyncExternalStore(store.subscribe, store.getView);
}
