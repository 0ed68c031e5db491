import { useMemo, type ReactNode } from 'react';
import { ClubContext, homeTimeZone, type Club, type ClubSite } from '@/lib/club';
import { useLive, useLiveView } from '@/features/live/live-context';

const noSites: readonly ClubSite[] = [];
const nothing = [] as const;

/** Tells every page what the live connection knows of the club. Renewed when places change, not at every passage. */
export function ClubProvider({ children }: { children: ReactNode }) {
  const { tryNow } = useLive();
  const { state, connection, clockOffset, failure } = useLiveView();
  const sites = state?.sites ?? noSites;
  const zones = useSame(state?.zones ?? nothing);
  const gates = useSame(state?.gates ?? nothing);
  const club = useMemo<Club>(
    () => ({ sites, zones, gates, timeZone: homeTimeZone(sites), clockOffset, connection, failure, tryNow }),
    [sites, zones, gates, clockOffset, connection, failure, tryNow],
  );
  return <ClubContext value={club}>{children}</ClubContext>;
}

/** The same list as long as the same things with the same names are in it, however their figures move. */
function useSame<T extends { id: string; name: string }>(items: readonly T[]): readonly T[] {
  const mark = items.map(({ id, name }) => `${id} ${name}`).join('\n');
  // The mark stands for the list: figures in it are not what this context is asked for.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => items, [mark]);
}
