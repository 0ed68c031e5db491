import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { Skeleton } from '@/components/skeleton';
import { useClub } from '@/lib/club';
import { formatClock } from '@/lib/time-format';
import { timeWords } from '@/lib/time-words';
import { useLanguage } from '@/lib/use-language';
import { useNow } from '@/lib/use-now';
import { useAlert, type AlertItem } from '../api/alerts';
import type { AlertKind } from '../alert-words';
import classes from './alerts.module.css';

type Step = 'opened' | 'taken' | 'snoozed' | 'woke' | 'escalated' | 'resolved';

/** What was done about an alert, oldest first. */
export function AlertHistory({ alert, onClose }: { alert: AlertItem; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const club = useClub();
  const now = useNow(10_000) + club.clockOffset;
  const timeZone = club.sites.find((s) => s.id === alert.siteId)?.timeZone ?? club.timeZone;
  const whole = useAlert(alert.id);
  const words = (step: Step, by: string | null, detail: string | null) => {
    const name = by ?? t('alerts.itself');
    switch (step) {
      case 'snoozed':
        return t('alerts.step.snoozed', {
          name,
          time: detail === null ? '' : formatClock(Date.parse(detail), timeZone, language),
        });
      case 'escalated':
        return t(`alerts.told.${(detail ?? 'manager') as 'manager'}`);
      case 'resolved':
        return by === null ? t('alerts.endedByItself') : t('alerts.endedBy', { name });
      default:
        return t(`alerts.step.${step}`, { name });
    }
  };
  return (
    <Dialog title={t(`alerts.kind.${alert.kind as AlertKind}`)} onClose={onClose} testId="alert-history">
      {whole.data === undefined && whole.error === null && <Skeleton width="100%" height={72} />}
      {whole.error !== null && <p role="alert">{t('alerts.failed')}</p>}
      {whole.data !== undefined && (
        <ol className={classes.steps}>
          {whole.data.steps.map((step) => (
            <li key={`${step.at} ${step.step}`} className={classes.step}>
              <time dateTime={step.at}>{timeWords(step.at, { t, language, now, timeZone })}</time>
              <span>{words(step.step as Step, step.by, step.detail)}</span>
            </li>
          ))}
          {alert.resolution !== null && <li className={classes.resolution}>{alert.resolution}</li>}
        </ol>
      )}
    </Dialog>
  );
}
