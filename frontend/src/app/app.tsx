import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes } from 'react-router';
import { ErrorPanel } from '@/components/error-panel';
import { ApiError } from '@/lib/api-client';
import { LiveProvider } from '@/features/live/live-context';
import { retryMilliseconds, useSession, type Session } from '@/features/session/api/session';
import classes from './app.module.css';
import { Shell } from './shell';

const loadLivePage = () => import('@/features/live/components/live-page');
const loadLogInPage = () => import('@/features/session/components/log-in-page');
const LivePage = lazy(() => loadLivePage().then((module) => ({ default: module.LivePage })));
const LogInPage = lazy(() => loadLogInPage().then((module) => ({ default: module.LogInPage })));

// Asked for while the session is still being looked up. If it fails now, it is asked again when it is needed.
void loadLivePage().catch(() => undefined);

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
      <Route
        path="/login"
        element={
          <Suspense>
            <LogInPage />
          </Suspense>
        }
      />
      <Route path="*" element={<Navigate to="/login" replace />} />
    </Routes>
  );
}

function SignedIn({ session }: { session: Session }) {
  return (
    <LiveProvider>
      <Routes>
        <Route element={<Shell session={session} />}>
          <Route
            index
            element={
              <Suspense>
                <LivePage />
              </Suspense>
            }
          />
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
