import { Button, Menu } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock, IconDoorOff, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useClub } from '@/lib/club';
import { useMay } from '@/lib/rights';
import { timeWords } from '@/lib/time-words';
import { useLanguage } from '@/lib/use-language';
import { useNow } from '@/lib/use-now';
import { useAlertAction, type AlertItem } from '../api/alerts';
import { isUrgent, standing, type AlertKind } from '../alert-words';
import classes from './alerts.module.css';

interface AlertRowProps {
  alert: AlertItem;
  /** The one whose button is the blue one. */
  isNext: boolean;
  onLook: (alert: AlertItem) => void;
  onEnd: (alert: AlertItem) => void;
}

export function AlertRow({ alert, isNext, onLook, onEnd }: AlertRowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const club = useClub();
  const now = useNow(10_000) + club.clockOffset;
  const site = club.sites.find((s) => s.id === alert.siteId);
  const words = { t, language, now, timeZone: site?.timeZone ?? club.timeZone };
  const title = t(`alerts.kind.${alert.kind as AlertKind}`);
  const about = [alert.memberName, alert.gateName, club.sites.length > 1 ? site?.name : null];
  return (
    <li className={classes.row} data-state={alert.state} data-urgent={isUrgent(alert) || undefined}>
      <Mark alert={alert} />
      <div className={classes.words}>
        <p className={classes.title} title={title}>
          {title}
          {alert.count > 1 && <span className={classes.count}>{t('alerts.times', { count: alert.count })}</span>}
        </p>
        <p className={classes.about}>
          {about.filter(Boolean).join(' · ')}
          {about.some(Boolean) && ' · '}
          <time dateTime={alert.lastAt}>{timeWords(alert.lastAt, words)}</time>
        </p>
        <p className={classes.standing}>
          {alert.resolution === null
            ? standing(alert, words)
            : t('alerts.because', { standing: standing(alert, words), reason: alert.resolution })}
        </p>
      </div>
      <Actions alert={alert} isNext={isNext} onLook={onLook} onEnd={onEnd} />
    </li>
  );
}

function Mark({ alert }: { alert: AlertItem }) {
  const icons = { resolved: IconCheck, snoozed: IconClock, taken: IconAlertTriangle, open: IconAlertTriangle };
  const MarkIcon =
    alert.state === 'open' && isUrgent(alert) ? IconX : icons[alert.state as keyof typeof icons];
  return (
    <span className={classes.mark} aria-hidden="true">
      {alert.kind === 'gate_silent' && alert.state === 'open' ? <IconDoorOff size={22} /> : <MarkIcon size={22} />}
    </span>
  );
}

function Actions({ alert, isNext, onLook, onEnd }: AlertRowProps) {
  const { t } = useTranslation();
  const action = useAlertAction(alert);
  const may = useMay('alerts.handle');
  const mayEvacuate = useMay('sites.evacuate');
  const isOver = alert.state === 'resolved';
  return (
    <div className={classes.actions}>
      {action.isError && (
        <p role="alert" className={classes.failed}>
          {t('alerts.actionFailed')}
        </p>
      )}
      {alert.kind === 'fire_alarm' && !isOver && mayEvacuate && (
        <Button component={Link} to="/evacuation" variant="default">
          {t('alerts.openEvacuation')}
        </Button>
      )}
      {may && !isOver && !alert.isMine && (
        <Button
          variant={isNext ? 'filled' : 'default'}
          loading={action.isPending}
          onClick={() => {
            action.mutate({ kind: 'take' });
          }}
        >
          {t('alerts.take')}
        </Button>
      )}
      {may && !isOver && (
        <Button
          variant="default"
          onClick={() => {
            onEnd(alert);
          }}
        >
          {t('alerts.end')}
        </Button>
      )}
      <MoreMenu
        alert={alert}
        onLook={onLook}
        onSnooze={
          may && !isOver
            ? (minutes) => {
                action.mutate({ kind: 'snooze', minutes });
              }
            : null
        }
      />
    </div>
  );
}

interface MoreMenuProps {
  alert: AlertItem;
  onLook: (alert: AlertItem) => void;
  onSnooze: ((minutes: number) => void) | null;
}

function MoreMenu({ alert, onLook, onSnooze }: MoreMenuProps) {
  const { t } = useTranslation();
  const kind = t(`alerts.kind.${alert.kind as AlertKind}`);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="subtle" color="gray" aria-label={t('alerts.moreAbout', { kind })}>
          {t('alerts.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {onSnooze !== null &&
          [15, 60, 240].map((minutes) => (
            <Menu.Item
              key={minutes}
              onClick={() => {
                onSnooze(minutes);
              }}
            >
              {minutes < 60
                ? t('alerts.snoozeMinutes', { count: minutes })
                : t('alerts.snoozeHours', { count: minutes / 60 })}
            </Menu.Item>
          ))}
        <Menu.Item
          onClick={() => {
            onLook(alert);
          }}
        >
          {t('alerts.history')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
