import type { TFunction } from 'i18next';
import type { Language } from '@/lib/i18n';
import { formatClock } from '@/lib/time-format';
import type { EmergencyGate } from './api/emergency';

interface Words {
  t: TFunction;
  language: Language;
  timeZone: string;
}

/** What somebody has to go and do by hand comes first, then what may still answer. */
const order = ['stays', 'refused', 'overruled', 'expired', 'waiting', 'none'];

/** The doors that do not stand as they were told. */
export function doorsLeft(gates: readonly EmergencyGate[]): EmergencyGate[] {
  const rank = (gate: EmergencyGate) => order.indexOf(gate.state) * 2 - (gate.isSilent ? 1 : 0);
  return gates.filter((gate) => gate.state !== 'done').sort((a, b) => rank(a) - rank(b));
}

/** Whether nobody should wait for this door any longer. */
export function needsHands(gate: EmergencyGate): boolean {
  return ['stays', 'refused', 'overruled', 'expired'].includes(gate.state) || gate.isSilent;
}

/** The doors that did not go back to normal when it was over. */
export function doorsNotBack(gates: readonly EmergencyGate[]): EmergencyGate[] {
  return doorsLeft(gates.filter((gate) => gate.state !== 'none'));
}

const known: ReadonlySet<string> = new Set(['unknown_kind', 'expired']);

/** Why a door does not stand as it was told: it said no, it cannot be reached, or it has not answered yet. */
export function doorWords(gate: EmergencyGate, { t, language, timeZone }: Words): string {
  const clock = (iso: string | null) => (iso === null ? '' : formatClock(Date.parse(iso), timeZone, language));
  const time = clock(gate.since);
  switch (gate.state) {
    case 'refused': {
      const detail = gate.detail;
      const why = detail !== null && known.has(detail) ? t(`evacuation.door.why.${detail as 'expired'}`) : detail;
      return why === null
        ? t('evacuation.door.refused', { time })
        : t('evacuation.door.refusedWhy', { time, why });
    }
    case 'stays':
      return t(gate.detail === 'locked' ? 'evacuation.door.staysLocked' : 'evacuation.door.staysOpen');
    case 'overruled':
      return t('evacuation.door.overruled', { time });
    case 'none':
      return t('evacuation.door.none');
    default:
      if (!gate.isSilent) {
        return t(gate.state === 'expired' ? 'evacuation.door.expired' : 'evacuation.door.waiting', { time });
      }
      return gate.lastSeenAt === null
        ? t('evacuation.door.neverSeen')
        : t('evacuation.door.silent', { time: clock(gate.lastSeenAt) });
  }
}
