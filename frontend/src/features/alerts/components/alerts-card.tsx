import { Button, Menu } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Card } from '@/components/card';
import { Skeleton } from '@/components/skeleton';
import { useClub } from '@/lib/club';
import { useMay } from '@/lib/rights';
import { timeWords } from '@/lib/time-words';
import { useLanguage } from '@/lib/use-language';
import { useNow } from '@/lib/use-now';
import { useAlertAction, useAlerts, type AlertItem } from '../api/alerts';
import { inOrder, isUrgent, standing, type AlertKind } from '../alert-words';
import classes from './alerts-card.module.css';

const shownAtMost = 3;

/** The alerts that wait, beside the doors: who looks after each, and what else can be done at once. */
export function AlertsCard() {
  return useMay('alerts.read') ? <OpenAlerts /> : null;
}

function OpenAlerts() {
  const { t } = useTranslation();
  const alerts = useAlerts('open');
  const items = inOrder(alerts.data?.items ?? []);
  return (
    <Card
      testId="open-alerts"
      title={t('alerts.title')}
      note={items.length === 0 ? undefined : String(items.length)}
      aside={
        items.length > shownAtMost && (
          <Link to="/alerts" className={classes.all}>
            {t('alerts.all')}
          </Link>
        )
      }
    >
      <div className={classes.body}>
      {alerts.data === undefined && alerts.error === null && (
        <div className={classes.quiet} aria-hidden="true">
          <Skeleton width="60%" height={18} />
        </div>
      )}
      {alerts.data === undefined && alerts.error !== null && (
        <p className={classes.quiet} role="alert">
          {t('alerts.failed')}
        </p>
      )}
      {alerts.data !== undefined && items.length === 0 && (
        <p className={classes.quiet}>{t('alerts.empty.open')}</p>
      )}
      {items.length > 0 && (
        <ul className={classes.list}>
          {items.slice(0, shownAtMost).map((alert) => (
            <Row key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
      </div>
    </Card>
  );
}

function Row({ alert }: { alert: AlertItem }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const club = useClub();
  const now = useNow(10_000) + club.clockOffset;
  const site = club.sites.find((s) => s.id === alert.siteId);
  const words = { t, language, now, timeZone: site?.timeZone ?? club.timeZone };
  const title = t(`alerts.kind.${alert.kind as AlertKind}`);
  const about = [alert.memberName, alert.gateName, club.sites.length > 1 ? site?.name : null]
    .filter(Boolean)
    .join(' · ');
  return (
    <li className={classes.row} data-urgent={isUrgent(alert) || undefined} data-state={alert.state}>
      <span className={classes.mark} aria-hidden="true">
        !
      </span>
      <div className={classes.words}>
        <p className={classes.head}>
          <span className={classes.title} title={title}>
            {title}
          </span>
          <time className={classes.age} dateTime={alert.lastAt}>
            {timeWords(alert.lastAt, words)}
          </time>
        </p>
        {about !== '' && (
          <p className={classes.about} title={about}>
            {about}
          </p>
        )}
        <p className={classes.standing} data-told={alert.level !== 'desk' && alert.state === 'open'}>
          {alert.state === 'taken' && <IconUser size={16} stroke={1.75} aria-hidden="true" />}
          {standing(alert, words)}
        </p>
        <Actions alert={alert} title={title} />
      </div>
    </li>
  );
}

function Actions({ alert, title }: { alert: AlertItem; title: string }) {
  const { t } = useTranslation();
  const action = useAlertAction(alert);
  const may = useMay('alerts.handle');
  if (!may || alert.state === 'taken') {
    return null;
  }
  return (
    <div className={classes.actions}>
      {!alert.isMine && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.action}
          loading={action.isPending}
          aria-label={t('alerts.takeFor', { kind: title })}
          onClick={() => {
            action.mutate({ kind: 'take' });
          }}
        >
          {t('alerts.take')}
        </Button>
      )}
      {alert.state === 'open' && (
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              className={classes.action}
              aria-label={t('alerts.laterFor', { kind: title })}
            >
              {t('alerts.later')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {[15, 60, 240].map((minutes) => (
              <Menu.Item
                key={minutes}
                onClick={() => {
                  action.mutate({ kind: 'snooze', minutes });
                }}
              >
                {minutes < 60
                  ? t('alerts.snoozeMinutes', { count: minutes })
                  : t('alerts.snoozeHours', { count: minutes / 60 })}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {action.isError && (
        <p role="alert" className={classes.failed}>
          {t('alerts.actionFailed')}
        </p>
      )}
    </div>
  );
}
