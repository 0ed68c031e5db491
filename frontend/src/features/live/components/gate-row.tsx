import { IconAlertTriangle, IconBan, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { fallbackTimeZone } from '@/lib/club';
import { timeWords } from '@/lib/time-words';
import { useLanguage } from '@/lib/use-language';
import type { Gate } from '../live-types';
import classes from './gates.module.css';

interface GateRowProps {
  gate: Gate;
  now: number;
  timeZone: string | undefined;
  isPast: boolean;
}

const icons = {
  ok: null,
  notBack: IconAlertTriangle,
  silent: IconAlertTriangle,
  never: IconCircleDashed,
  unknown: IconCircleDashed,
  disabled: IconBan,
};

/** A door that has not come back from an evacuation needs somebody as much as one that is silent. */
export function needsSomebody(gate: Gate): boolean {
  return gate.status === 'silent' || gate.stillIn !== 'none';
}

export function GateRow({ gate, now, timeZone = fallbackTimeZone, isPast }: GateRowProps) {
  const { t } = useTranslation();
  const lastSeen = useLastSeen(gate.lastSeenAt, now, timeZone);
  const isNotBack = gate.stillIn !== 'none' && gate.status !== 'silent';
  const StatusIcon = icons[isNotBack ? 'notBack' : gate.status];
  const details = [
    lastSeen === null
      ? t(isPast ? 'live.gates.noTrace' : 'live.gates.waitingFirst')
      : isPast && gate.status === 'ok'
        ? t('live.gates.trace', { when: lastSeen })
        : lastSeen,
    ...(gate.queueLength > 0 ? [t('live.gates.queue', { count: gate.queueLength })] : []),
    ...(gate.stillIn !== 'none' && !isNotBack ? [t('live.gates.unconfirmed')] : []),
  ];
  return (
    <li className={classes.gate} data-status={gate.status} data-attention={needsSomebody(gate) || undefined}>
      <div className={classes.words}>
        <p className={classes.name} title={gate.name}>
          {gate.name}
        </p>
        <p className={classes.seen}>{details.join(' · ')}</p>
      </div>
      <p className={classes.status}>
        {StatusIcon !== null && <StatusIcon size={16} stroke={2} aria-hidden="true" />}
        {t(`live.gates.${isNotBack ? stillWord(gate) : gate.status}`)}
      </p>
    </li>
  );
}

function stillWord({ doorState }: Gate): 'stillOpen' | 'stillLocked' | 'unconfirmed' {
  return doorState === 'open' ? 'stillOpen' : doorState === 'locked' ? 'stillLocked' : 'unconfirmed';
}

function useLastSeen(lastSeenAt: string | null, now: number, timeZone: string): string | null {
  const { t } = useTranslation();
  const language = useLanguage();
  if (lastSeenAt === null) {
    return null;
  }
  const words = { t, language, now, timeZone };
  return timeWords(lastSeenAt, words, {
    clock: (time) => t('live.gates.lastSeen', { time }),
    date: (date) => t('live.gates.lastSeenOn', { date }),
  });
}
