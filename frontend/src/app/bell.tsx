import { useMemo } from 'react';
import { useLiveView } from '@/features/live/live-context';
import { Bell } from '@/features/notices/components/bell';
import { useNotices, type Notices } from '@/features/notices/use-notices';
import type { Session } from '@/features/session/api/session';

/** The notices of whoever is signed in. A door that falls silent or comes back is when there may be some. */
export function useSessionNotices({ rights, email }: Session): Notices {
  const { state, connection } = useLiveView();
  const doors = state?.gates.map(({ id, status, doorState }) => `${id} ${status} ${doorState}`).join('\n');
  return useNotices(
    useMemo(() => new Set(rights), [rights]),
    email,
    `${connection.kind}\n${doors}`,
  );
}

export function SessionBell({ session }: { session: Session }) {
  return <Bell notices={useSessionNotices(session)} />;
}
