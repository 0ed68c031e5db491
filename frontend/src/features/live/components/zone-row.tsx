import { useTranslation } from 'react-i18next';
import type { Zone } from '../live-types';
import classes from './zones.module.css';

const nearlyFullShare = 0.9;

type Fullness = 'room' | 'nearly' | 'full';

function fullnessOf({ inside, capacity }: Zone): Fullness {
  if (capacity === null || inside < capacity * nearlyFullShare) {
    return 'room';
  }
  return inside < capacity ? 'nearly' : 'full';
}

/** A bar only where there is a limit to compare with; the words beside it say the same. */
export function ZoneRow({ zone }: { zone: Zone }) {
  const { t } = useTranslation();
  const { name, inside, capacity, estimated } = zone;
  const fullness = fullnessOf(zone);
  return (
    <li className={classes.zone} data-fullness={fullness}>
      <p className={classes.name}>
        <span title={name}>{name}</span>
        {capacity !== null && fullness !== 'room' && (
          <em className={classes.warning}>
            {fullness === 'full' ? t('live.zones.full') : t('live.zones.left', { count: capacity - inside })}
          </em>
        )}
        {estimated && (
          <em className={classes.estimated} title={t('live.zones.estimatedWhy')}>
            {t('live.zones.estimated')}
          </em>
        )}
      </p>
      <p className={classes.count}>
        <strong>
          {estimated && '≈\u00A0'}
          {t('live.zones.score', { count: inside })}
        </strong>
        {capacity !== null && ` / ${t('live.zones.score', { count: capacity })}`}
      </p>
      {capacity !== null && (
        <span className={classes.bar} aria-hidden="true">
          <span style={{ width: `${Math.min(100, (inside / Math.max(1, capacity)) * 100)}%` }} />
        </span>
      )}
    </li>
  );
}
