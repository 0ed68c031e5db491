import { IconAlertTriangle, IconBan, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { fallbackTimeZone } from '@/lib/club';
import { ageOf, formatClock, formatDate, siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import type { Gate } from '../live-types';
import classes from './gates.module.css';

interface GateRowProps {
  gate: Gate;
  now: number;
  timeZone: string | undefined;
}

const icons = { ok: null, silent: IconAlertTriangle, never: IconCircleDashed, disabled: IconBan };

export function GateRow({ gate, now, timeZone = fallbackTimeZone }: GateRowProps) {
  const { t } = useTranslation();
  const lastSeen = useLastSeen(gate.lastSeenAt, now, timeZone);
  const StatusIcon = icons[gate.status];
  return (
    <li className={classes.gate} data-status={gate.status}>
      <div className={classes.words}>
        <p className={classes.name} title={gate.name}>
          {gate.name}
        </p>
        <p className={classes.seen}>
          {lastSeen}
          {gate.queueLength > 0 && ` · ${t('live.gates.queue', { count: gate.queueLength })}`}
        </p>
      </div>
      <p className={classes.status}>
        {StatusIcon !== null && <StatusIcon size={16} stroke={2} aria-hidden="true" />}
        {t(`live.gates.${gate.status}`)}
      </p>
    </li>
  );
}

function useLastSeen(lastSeenAt: string | null, now: number, timeZone: string): string {
  const { t } = useTranslation();
  const language = useLanguage();
  if (lastSeenAt === null) {
    return t('live.gates.waitingFirst');
  }
  const at = Date.parse(lastSeenAt);
  const age = ageOf(at, now, timeZone);
  switch (age.kind) {
    case 'now':
      return t('time.now');
    case 'seconds':
      return t('time.secondsAgo', { count: age.count });
    case 'minutes':
      return t('time.minutesAgo', { count: age.count });
    case 'clock':
      return t('live.gates.lastSeen', { time: formatClock(at, timeZone, language) });
    case 'date':
      return t('live.gates.lastSeenOn', {
        date: formatDate(siteDate(at, timeZone), siteDate(now, timeZone), language),
      });
  }
}
