import { IconLock } from '@tabler/icons-react';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '@/components/error-panel';
import { Notice } from '@/components/notice';
import { OfflineBanner } from '@/components/offline-banner';
import { StatePanel } from '@/components/state-panel';
import { useAfter } from '@/lib/use-after';
import { useLive, useLiveView } from '../live-context';
import type { Failure } from '../live-store';
import { Announcer } from './announcer';
import { Feed } from './feed';
import { Gates } from './gates';
import { LiveHeader } from './live-header';
import { Refusals } from './refusals';
import { UsualDay } from './usual-day';
import { Zones } from './zones';
import classes from './live-page.module.css';

const slowMilliseconds = 8_000;

interface LivePageProps {
  alerts?: ReactNode;
  actions?: ReactNode;
  banner?: ReactNode;
}

/** What happens at the doors now. Alerts and lock-downs are another feature's: the app puts them in. */
export function LivePage({ alerts, actions, banner }: LivePageProps) {
  const { t } = useTranslation();
  const { state, failure, open } = useLiveView();
  useEffect(() => {
    document.title =
      open.length === 0 ? t('live.pageTitle') : t('live.pageTitleWithRefusals', { count: open.length });
  }, [t, open.length]);
  return (
    <main id="content" className={classes.page} tabIndex={-1}>
      <LiveHeader actions={actions} />
      <OfflineBanner help={t('connection.bannerHelp')} />
      {banner}
      {state === null && failure === null && <SlowNotice />}
      {state === null && failure !== null ? <LiveFailure failure={failure} /> : <Board alerts={alerts} />}
      <Announcer />
    </main>
  );
}

function Board({ alerts }: { alerts: ReactNode }) {
  return (
    <div className={classes.board}>
      <div className={classes.passing}>
        <Refusals />
        <div className={classes.middle}>
          <Feed />
          <div className={classes.inside}>
            <Zones />
            <UsualDay />
          </div>
        </div>
      </div>
      <div className={classes.aside}>
        {alerts}
        <Gates />
      </div>
    </div>
  );
}

function LiveFailure({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  const { tryNow } = useLive();
  if (failure.status === 403) {
    return (
      <div className={classes.failure}>
        <StatePanel
          alert
          icon={IconLock}
          title={t('live.failure.forbidden')}
          help={t('live.failure.forbiddenHelp')}
        />
      </div>
    );
  }
  return (
    <div className={classes.failure}>
      <ErrorPanel
        title={t('live.failure.title')}
        help={t('live.failure.help')}
        code={failure.code}
        nextTryAt={failure.nextTryAt}
        onRetry={tryNow}
      />
    </div>
  );
}

/** After eight seconds of waiting somebody should say something. */
function SlowNotice() {
  const { t } = useTranslation();
  const slow = useAfter(slowMilliseconds);
  return (
    <div role="status">
      {slow && (
        <Notice
          text={t('live.loading.slow')}
          action={t('error.retry')}
          onAction={() => {
            window.location.reload();
          }}
        />
      )}
    </div>
  );
}
