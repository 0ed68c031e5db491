import { useEffect } from 'react';

/** Keeps the screen on while a pass is shown; where the phone does not allow it, it goes dark as usual. */
export function useAwake() {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    let gone = false;
    const hold = async () => {
      if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') {
        return;
      }
      try {
        lock = await navigator.wakeLock.request('screen');
        if (gone) {
          await lock.release();
        }
      } catch {
        // The battery is low, or the phone does not want to.
      }
    };
    const wake = () => {
      void hold();
    };
    wake();
    document.addEventListener('visibilitychange', wake);
    return () => {
      gone = true;
      document.removeEventListener('visibilitychange', wake);
      void lock?.release();
    };
  }, []);
}
