import { useCallback, useEffect, useRef, useState } from 'react';
import { addPassKey, MemberApiError } from './api/me';
import { canHoldKeys, deviceName, forgetKey, loadKey, makeKey, type PhoneKey } from './pass-key';
import type { Saved } from './saved';

export type KeyState =
  | { state: 'loading' }
  | { state: 'impossible' }
  | { state: 'missing'; enrol: () => Promise<void>; fault: MemberApiError | null }
  | { state: 'ready'; key: PhoneKey };

/** The key of this phone. Right after a sign-in one is made without asking: that is what the member came for. */
export function usePhoneKey(saved: Saved, fresh: boolean, onChanged: () => Promise<void>): KeyState {
  const [key, setKey] = useState<PhoneKey | null | undefined>(undefined);
  const [fault, setFault] = useState<MemberApiError | null>(null);
  const busy = useRef(false);
  useEffect(() => {
    let gone = false;
    void loadKey()
      .catch(() => null)
      .then((loaded) => {
        if (!gone) {
          setKey(loaded);
        }
      });
    return () => {
      gone = true;
    };
  }, []);
  const isKnown = key != null && saved.me.passKeys.some((known) => known.id === key.id);
  const enrol = useCallback(async () => {
    if (busy.current) {
      return;
    }
    busy.current = true;
    try {
      const made = await makeKey(async (publicKey) => (await addPassKey(publicKey, deviceName())).id);
      await onChanged();
      setKey(made);
      setFault(null);
    } catch (error) {
      setFault(error instanceof MemberApiError ? error : new MemberApiError(0, 'unexpected', ''));
    } finally {
      busy.current = false;
    }
  }, [onChanged]);
  useEffect(() => {
    // Only what the club says now counts: what was saved may be older than the key.
    if (key != null && !isKnown && fresh && !busy.current) {
      void forgetKey().then(() => {
        setKey(null);
      });
    }
    if (key !== null || !saved.me.canEnrol || !fresh || fault !== null || !canHoldKeys()) {
      return;
    }
    const soon = setTimeout(() => void enrol(), 0);
    return () => {
      clearTimeout(soon);
    };
  }, [key, isKnown, fresh, saved.me.canEnrol, fault, enrol]);
  if (!canHoldKeys()) {
    return { state: 'impossible' };
  }
  if (key === undefined) {
    return { state: 'loading' };
  }
  return key !== null && (isKnown || !fresh)
    ? { state: 'ready', key }
    : { state: 'missing', enrol, fault };
}
