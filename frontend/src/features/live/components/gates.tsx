import type { CSSProperties } from 'react';
import { IconDoor } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Skeleton } from '@/components/skeleton';
import { StatePanel } from '@/components/state-panel';
import { useNow } from '@/lib/use-now';
import { useLiveView } from '../live-context';
import type { LiveState } from '../live-merge';
import type { LiveView } from '../live-store';
import { GateRow, needsSomebody } from './gate-row';
import { SiteGroups } from './site-groups';
import classes from './gates.module.css';

/** The doors and how they are; of the past only what is still known. */
export function Gates({ isPast = false }: { isPast?: boolean }) {
  const { t } = useTranslation();
  const view = useLiveView();
  const gates = view.state?.gates ?? [];
  const fine = gates.filter((gate) => gate.status === 'ok' && !needsSomebody(gate)).length;
  const isKnown = gates.length > 0 && gates.every((gate) => gate.status !== 'unknown');
  return (
    <Card
      testId="gates"
      className={classes.gates}
      title={t('live.gates.title')}
      note={isKnown ? t('live.gates.fine', { fine, all: gates.length }) : undefined}
    >
      {view.state === null ? <GatesSkeleton /> : <GateList view={view} state={view.state} isPast={isPast} />}
    </Card>
  );
}

interface GateListProps {
  view: LiveView;
  state: LiveState;
  isPast: boolean;
}

function GateList({ view, state, isPast }: GateListProps) {
  const { t } = useTranslation();
  const ticking = useNow(1_000);
  const { connection, clockOffset } = view;
  // Once the line is lost, nobody knows how the doors are: their ages stop at what was last heard.
  const now = (connection.kind === 'lost' ? connection.since : ticking) + clockOffset;
  if (state.gates.length === 0) {
    return <StatePanel icon={IconDoor} title={t('live.gates.emptyTitle')} help={t('live.gates.emptyHelp')} />;
  }
  return (
    <SiteGroups sites={state.sites} items={state.gates} className={classes.list}>
      {(gate) => {
        const site = state.sites.find((each) => each.id === gate.siteId);
        return <GateRow key={gate.id} gate={gate} now={now} timeZone={site?.timeZone} isPast={isPast} />;
      }}
    </SiteGroups>
  );
}

const skeletonWidths = [132, 84, 92, 118, 76, 104, 88];

function GatesSkeleton() {
  return (
    <ul
      className={classes.list}
      style={{ '--rows': skeletonWidths.length } as CSSProperties}
      aria-hidden="true"
    >
      {skeletonWidths.map((width) => (
        <li key={width} className={classes.gate}>
          <Skeleton width={width} height={14} />
          <Skeleton width={60} height={12} />
        </li>
      ))}
    </ul>
  );
}
