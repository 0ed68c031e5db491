import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { ErrorPanel } from '@/components/error-panel';
import { OfflineBanner } from '@/components/offline-banner';
import { Page } from '@/components/page';
import { PageHeader } from '@/components/page-header';
import { PastBanner } from '@/components/past';
import { ApiError } from '@/lib/api-client';
import { useClub } from '@/lib/club';
import { getPast } from '../api/get-live';
import { StillLive } from '../live-context';
import { Feed } from './feed';
import { FeedSkeleton } from './feed-skeleton';
import { Gates } from './gates';
import classes from './live-page.module.css';
import { Zones } from './zones';

/** The live board at a moment that is over: what the doors had decided, and who was inside. */
export function PastPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [address, setAddress] = useSearchParams();
  const { clockOffset } = useClub();
  const [opened] = useState(() => new Date(Date.now() + clockOffset).toISOString());
  const asked = address.get('at');
  const at = asked !== null && !Number.isNaN(Date.parse(asked)) ? asked : opened;
  const board = useQuery({
    queryKey: ['past', at],
    queryFn: ({ signal }) => getPast(at, signal),
    staleTime: Infinity,
  });
  return (
    <Page fixed title={t('past.page')}>
      <PageHeader title={t('past.page')} note={t('past.note')} />
      <OfflineBanner help={t('past.offline')} />
      <PastBanner
        at={at}
        missing={t('past.missing')}
        onAt={(moment) => {
          setAddress({ at: moment }, { replace: true });
        }}
        onNow={() => void navigate('/live')}
      />
      {board.isError && (
        <ErrorPanel
          title={t('past.failed')}
          help={t('member.failedHelp')}
          code={board.error instanceof ApiError ? board.error.code : 'unexpected'}
          nextTryAt={null}
          onRetry={() => void board.refetch()}
        />
      )}
      {board.isPending && !board.isPaused && <FeedSkeleton />}
      {board.data !== undefined && (
        <StillLive snapshot={board.data}>
          <div className={classes.board}>
            <div className={classes.passing}>
              <div className={classes.middle}>
                <Feed />
                <div className={classes.inside}>
                  <Zones />
                </div>
              </div>
            </div>
            <div className={classes.aside}>
              <Gates isPast />
            </div>
          </div>
        </StillLive>
      )}
    </Page>
  );
}
