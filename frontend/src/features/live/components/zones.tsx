import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { Skeleton } from '@/components/skeleton';
import { StatePanel } from '@/components/state-panel';
import { useLiveView } from '../live-context';
import type { LiveState } from '../live-merge';
import type { Zone } from '../live-types';
import { SiteGroups } from './site-groups';
import { ZoneRow } from './zone-row';
import classes from './zones.module.css';

export function Zones() {
  const { t } = useTranslation();
  const { state } = useLiveView();
  return (
    <Card testId="zones" title={t('live.zones.title')}>
      {state === null ? <ZonesSkeleton /> : <Inside state={state} />}
    </Card>
  );
}

function Inside({ state }: { state: LiveState }) {
  const { t } = useTranslation();
  const { zones, sites, today } = state;
  if (zones.length === 0) {
    return (
      <StatePanel icon={IconUsers} title={t('live.zones.emptyTitle')} help={t('live.zones.emptyHelp')} />
    );
  }
  const estimated = zones.some((zone) => zone.estimated);
  const places = totalCapacity(zones);
  return (
    <>
      <div className={classes.total}>
        <p className={classes.score}>
          {estimated && <span className={classes.about}>≈ </span>}
          {t('live.zones.score', { count: today.insideTotal })}
        </p>
        <div className={classes.of}>
          <p className={classes.places}>
            {places === null
              ? t('live.zones.people', { count: today.insideTotal })
              : t('live.zones.places', { count: places })}
          </p>
          {estimated && <p title={t('live.zones.estimatedWhy')}>{t('live.zones.estimated')}</p>}
        </div>
      </div>
      <SiteGroups sites={sites} items={zones} className={classes.zones}>
        {(zone) => <ZoneRow key={zone.id} zone={zone} />}
      </SiteGroups>
    </>
  );
}

/** Zones without a limit make any sum of places untrue. */
function totalCapacity(zones: readonly Zone[]): number | null {
  let sum = 0;
  for (const { capacity } of zones) {
    if (capacity === null) {
      return null;
    }
    sum += capacity;
  }
  return sum;
}

const skeletonWidths = [104, 62, 74, 88];

function ZonesSkeleton() {
  return (
    <div aria-hidden="true">
      <div className={classes.total}>
        <Skeleton width={116} height={58} />
        <Skeleton width={96} height={14} />
      </div>
      <ul className={classes.zones}>
        {skeletonWidths.map((width) => (
          <li key={width} className={classes.zone}>
            <Skeleton width={width} height={22} />
            <Skeleton width={52} height={22} />
            <span className={classes.bar} />
          </li>
        ))}
      </ul>
    </div>
  );
}
