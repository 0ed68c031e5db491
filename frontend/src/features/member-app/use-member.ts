import { useCallback, useEffect, useRef, useState } from 'react';
import { getBusy, getHours, getMe, getVisits, MemberApiError } from './api/me';
import { forgetKey } from './pass-key';
import { readSaved, save, type Saved } from './saved';
import { isMemberLanguage, language, speak } from './texts';

const refreshMilliseconds = 60_000;
const tolerableClockMilliseconds = 3_000;

export interface Member {
  saved: Saved | null;
  /** Signed out: the club knows no session. Unknown: nobody has answered yet. */
  state: 'unknown' | 'in' | 'out';
  /** Whether the club has answered since the app was opened, and still does. */
  fresh: boolean;
  /** Since when the club does not answer; null: it does, or was not asked yet. */
  offlineSince: number | null;
  refresh: () => Promise<void>;
  leave: () => Promise<void>;
}

/** The clock of a phone may be wrong; the club's is what counts at the door. */
function offsetOf(serverTime: string, asked: number, now: number): number {
  const offset = Date.parse(serverTime) - (asked + now) / 2;
  return Math.abs(offset) <= tolerableClockMilliseconds ? 0 : Math.round(offset);
}

async function load(before: Saved | null): Promise<Saved> {
  const asked = Date.now();
  const me = await getMe();
  const at = Date.now();
  const [visits, busy, hours] = await Promise.all([
    getVisits().then((answer) => answer.items, () => before?.visits ?? null),
    getBusy().then((answer) => answer.items, () => null),
    getHours().then((answer) => answer.items, () => before?.hours ?? null),
  ]);
  return { me, at, clockOffset: offsetOf(me.serverTime, asked, at), visits, busy, hours };
}

/** The member behind this phone: what was saved at once, what is true now as soon as the club answers. */
export function useMember(): Member {
  const [saved, setSaved] = useState(readSaved);
  const [state, setState] = useState<Member['state']>(saved === null ? 'unknown' : 'in');
  const [offlineSince, setOfflineSince] = useState<number | null>(null);
  const [fresh, setFresh] = useState(false);
  const latest = useRef(saved);
  const keep = useCallback((next: Saved | null) => {
    latest.current = next;
    save(next);
    setSaved(next);
    setState(next === null ? 'out' : 'in');
  }, []);
  const lives = useRef(0);
  const refresh = useCallback(async () => {
    const life = lives.current;
    try {
      const next = await load(latest.current);
      if (life !== lives.current) {
        return;
      }
      setOfflineSince(null);
      setFresh(true);
      if (isMemberLanguage(next.me.language) && next.me.language !== language()) {
        speak(next.me.language);
      }
      keep(next);
    } catch (error) {
      if (error instanceof MemberApiError && error.status === 401) {
        setOfflineSince(null);
        keep(null);
      } else {
        setFresh(false);
        setOfflineSince((since) => since ?? latest.current?.at ?? Date.now());
      }
    }
  }, [keep]);
  const leave = useCallback(async () => {
    // What was asked for before must not bring back who has left.
    lives.current += 1;
    await forgetKey().catch(() => undefined);
    keep(null);
  }, [keep]);
  useRefreshing(refresh);
  return { saved, state, fresh, offlineSince, refresh, leave };
}

function useRefreshing(refresh: () => Promise<void>) {
  useEffect(() => {
    const wake = () => {
      if (document.visibilityState === 'visible') {
        void refresh();
      }
    };
    wake();
    const timer = setInterval(wake, refreshMilliseconds);
    document.addEventListener('visibilitychange', wake);
    window.addEventListener('online', wake);
    window.addEventListener('offline', wake);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', wake);
      window.removeEventListener('online', wake);
      window.removeEventListener('offline', wake);
    };
  }, [refresh]);
}
