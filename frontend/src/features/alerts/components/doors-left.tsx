import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/lib/use-language';
import type { EmergencyGate } from '../api/emergency';
import { doorsLeft, doorWords, needsHands } from '../door-words';
import classes from './evacuation.module.css';

/** The doors that do not stand as they were told, each with why: whom to wait for, and where to go by foot. */
export function DoorsLeft({ gates, timeZone }: { gates: readonly EmergencyGate[]; timeZone: string }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const left = doorsLeft(gates);
  if (left.length === 0) {
    return null;
  }
  return (
    <ul className={classes.doors} aria-label={t('evacuation.door.left')} data-testid="doors-left">
      {left.map((gate) => {
        const Mark = needsHands(gate) ? IconAlertTriangle : IconClock;
        return (
          <li key={gate.id} className={classes.door} data-state={gate.state} data-hands={needsHands(gate) || undefined}>
            <Mark size={20} stroke={2} aria-hidden="true" />
            <p>
              <strong className={classes.doorName}>{gate.name}</strong>{' '}
              <span>{doorWords(gate, { t, language, timeZone })}</span>
            </p>
          </li>
        );
      })}
    </ul>
  );
}
