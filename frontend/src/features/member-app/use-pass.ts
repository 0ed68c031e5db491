import { useEffect, useState } from 'react';
import { signPass, type PhoneKey } from './pass-key';

/** A new code this often: what is shown is never so old that a slow reader finds it stale. */
export const passMilliseconds = 20_000;

export interface ShownPass {
  value: string;
  secondsLeft: number;
}

/** The pass to show now, signed by this phone alone, whether there is a network or not. */
export function usePass(key: PhoneKey, clockOffset: number): { pass: ShownPass | null; renew: () => void } {
  const [pass, setPass] = useState<ShownPass | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    let signedAt = 0;
    let value = '';
    const tick = async () => {
      const now = Date.now();
      // Also after a sleep, during which no timer ran, and when the clock was set back.
      if (value === '' || now - signedAt >= passMilliseconds || now < signedAt) {
        signedAt = now;
        value = await signPass(key, now + clockOffset);
        performance.mark('pass-shown');
      }
      if (!gone) {
        setPass({ value, secondsLeft: Math.max(1, Math.ceil((signedAt + passMilliseconds - Date.now()) / 1_000)) });
      }
    };
    const wake = () => {
      if (document.visibilityState === 'visible') {
        void tick();
      }
    };
    wake();
    const timer = setInterval(wake, 250);
    document.addEventListener('visibilitychange', wake);
    return () => {
      gone = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [key, clockOffset, round]);
  return {
    pass,
    renew: () => {
      setRound((count) => count + 1);
    },
  };
}
