import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes } from 'react-router';
import { ErrorPanel } from '@/components/error-panel';
import { ApiError } from '@/lib/api-client';
import { LivePage } from '@/features/live/components/live-page';
import { LiveProvider } from '@/features/live/live-context';
import { retryMilliseconds, useSession, type Session } from '@/features/session/api/session';
import { LogInPage } from '@/features/session/components/log-in-page';
import classes from './app.module.css';
import { Shell } from './shell';

export function App() {
  const session = useSession();
  if (session.data === undefined) {
    const nextTryAt = session.isFetching ? null : session.errorUpdatedAt + retryMilliseconds;
    return session.isError ? (
      <NoAnswer error={session.error} nextTryAt={nextTryAt} onRetry={() => void session.refetch()} />
    ) : null;
  }
  return session.data === null ? <SignedOut /> : <SignedIn session={session.data} />;
}

function SignedOut() {
  return (
    <Routes>
      <Route path="/login" element={<LogInPage />} />
      <Route path="*" element={<Navigate to="/login" replace />} />
    </Routes>
  );
}

function SignedIn({ session }: { session: Session }) {
  return (
    <LiveProvider>
      <Routes>
        <Route element={<Shell session={session} />}>
          <Route index element={<LivePage />} />
        </Route>
        <Route path="*" element={<Navigate to="/" replace />} />
      </Routes>
    </LiveProvider>
  );
}

interface NoAnswerProps {
  error: Error;
  nextTryAt: number | null;
  onRetry: () => void;
}

function NoAnswer({ error, nextTryAt, onRetry }: NoAnswerProps) {
  const { t } = useTranslation();
  return (
    <main className={classes.alone}>
      <ErrorPanel
        title={t('error.session')}
        help={t('error.sessionHelp')}
        code={error instanceof ApiError ? error.code : 'unexpected'}
        nextTryAt={nextTryAt}
        onRetry={onRetry}
      />
    </main>
  );
}
