import { IconBell, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chips } from '@/components/chips';
import { ErrorPanel } from '@/components/error-panel';
import { OfflineBanner } from '@/components/offline-banner';
import { Page } from '@/components/page';
import { PageHeader } from '@/components/page-header';
import { Skeleton } from '@/components/skeleton';
import { StatePanel } from '@/components/state-panel';
import { ApiError } from '@/lib/api-client';
import { useAlerts, type AlertItem, type AlertState } from '../api/alerts';
import { inOrder } from '../alert-words';
import { AlertHistory } from './alert-history';
import { AlertRow } from './alert-row';
import { ResolveDialog } from './resolve-dialog';
import classes from './alerts.module.css';

/** What is wrong at the doors, and who looks after it. */
export function AlertsPage() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<AlertState>('open');
  const open = useAlerts('open');
  const count = open.data?.items.length ?? 0;
  return (
    <Page title={t('alerts.title')}>
      <PageHeader title={t('alerts.title')} note={open.data === undefined ? '' : t('alerts.note', { count })} />
      <OfflineBanner help={t('alerts.offlineHelp')} />
      <div className={classes.filter}>
        <Chips
          label={t('alerts.filter')}
          chips={(['open', 'resolved'] as const).map((state) => ({
            id: state,
            label: t(`alerts.show.${state}`),
            on: shown === state,
            toggle: () => {
              setShown(state);
            },
          }))}
        />
      </div>
      <AlertList state={shown} key={shown} />
    </Page>
  );
}

function AlertList({ state }: { state: AlertState }) {
  const { t } = useTranslation();
  const alerts = useAlerts(state);
  const [looking, setLooking] = useState<AlertItem | null>(null);
  const [ending, setEnding] = useState<AlertItem | null>(null);
  if (alerts.data === undefined) {
    return alerts.error === null ? (
      <Waiting />
    ) : (
      <ErrorPanel
        title={t('alerts.failed')}
        help={t('alerts.failedHelp')}
        code={alerts.error instanceof ApiError ? alerts.error.code : 'unreachable'}
        nextTryAt={null}
        onRetry={() => void alerts.refetch()}
      />
    );
  }
  if (alerts.data.items.length === 0) {
    return (
      <StatePanel
        icon={state === 'open' ? IconBell : IconHistory}
        title={t(`alerts.empty.${state}`)}
        help={t(`alerts.emptyHelp.${state}`)}
      />
    );
  }
  const items = state === 'open' ? inOrder(alerts.data.items) : alerts.data.items;
  const next = items.find((alert) => alert.state === 'open');
  return (
    <>
      <ul className={classes.list} aria-label={t(`alerts.show.${state}`)} data-testid="alerts">
        {items.map((alert) => (
          <AlertRow
            key={alert.id}
            alert={alert}
            isNext={alert.id === next?.id}
            onLook={setLooking}
            onEnd={setEnding}
          />
        ))}
      </ul>
      {looking !== null && (
        <AlertHistory
          alert={looking}
          onClose={() => {
            setLooking(null);
          }}
        />
      )}
      {ending !== null && (
        <ResolveDialog
          alert={ending}
          onClose={() => {
            setEnding(null);
          }}
        />
      )}
    </>
  );
}

function Waiting() {
  return (
    <div className={classes.list} aria-busy="true">
      {[0, 1, 2].map((row) => (
        <div key={row} className={classes.row}>
          <Skeleton width={40} height={40} />
          <Skeleton width="60%" height={20} />
        </div>
      ))}
    </div>
  );
}
