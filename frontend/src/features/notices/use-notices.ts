import { useCallback, useEffect, useMemo, useState } from 'react';
import { useClubNow } from '@/lib/club';
import { useSources } from './api/sources';
import { noticesOf, type Notice } from './notices';
import { loadRead, readKey, saveRead } from './read-notices';

export interface Notices {
  items: readonly Notice[];
  unread: number;
  isRead: (notice: Notice) => boolean;
  markRead: (notices: readonly Notice[]) => void;
  isComing: boolean;
  hasFailed: boolean;
  retry: () => void;
}

export function useNotices(rights: ReadonlySet<string>, email: string, pulse: string): Notices {
  const { sources, isComing, hasFailed, retry } = useSources(rights, pulse);
  const { read, markRead } = useRead(readKey(email));
  const items = noticesOf(sources, useClubNow());
  return {
    items,
    unread: items.filter(({ id }) => !read.has(id)).length,
    isRead: ({ id }) => read.has(id),
    markRead,
    isComing,
    hasFailed,
    retry,
  };
}

/** What this person has read here, in whichever tab. */
function useRead(key: string) {
  const [kept, setKept] = useState(() => ({ key, read: loadRead(key) }));
  const read = useMemo(() => (kept.key === key ? kept.read : loadRead(key)), [kept, key]);
  useEffect(() => {
    const look = (event: StorageEvent) => {
      if (event.key === key) {
        setKept({ key, read: loadRead(key) });
      }
    };
    window.addEventListener('storage', look);
    return () => {
      window.removeEventListener('storage', look);
    };
  }, [key]);
  const markRead = useCallback(
    (notices: readonly Notice[]) => {
      const next = new Set([...loadRead(key), ...notices.map(({ id }) => id)]);
      saveRead(key, next);
      setKept({ key, read: next });
    },
    [key],
  );
  return { read, markRead };
}
