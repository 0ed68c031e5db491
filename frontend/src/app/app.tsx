import { lazy, Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { ErrorPanel } from '@/components/error-panel';
import { ApiError } from '@/lib/api-client';
import { RightsContext } from '@/lib/rights';
import { perBrowser, readStored, writeStored } from '@/lib/storage';
import { LiveProvider } from '@/features/live/live-context';
import { retryMilliseconds, useSession, type Session } from '@/features/session/api/session';
import classes from './app.module.css';
import { ClubProvider } from './club-provider';
import { NotFound } from './not-found';
import { homeOf, loadAhead, pagesFor, roots } from './pages';
import { Shell } from './shell';

const LogInPage = lazy(() =>
  import('@/features/session/components/log-in-page').then((module) => ({ default: module.LogInPage })),
);

// Where the last person who was signed in here began. Nobody else's browser fetches pages that it may never show.
const homeKey = 'smartclub.home';
const lastHome = readStored(perBrowser, homeKey);
if (lastHome !== null) {
  loadAhead(window.location.pathname === '/' ? lastHome : window.location.pathname);
}

/** Who else has pages here comes first; all other addresses belong to the staff. */
export function App() {
  const { pathname } = useLocation();
  const root = roots.find(({ base }) => pathname === base || pathname.startsWith(`${base}/`));
  return root === undefined ? (
    <StaffApp />
  ) : (
    <Suspense>
      <Routes>
        <Route path={`${root.base}/*`} element={<root.Component />} />
      </Routes>
    </Suspense>
  );
}

function StaffApp() {
  const session = useSession();
  if (session.data === undefined) {
    const nextTryAt = session.isFetching ? null : session.errorUpdatedAt + retryMilliseconds;
    return session.isError ? (
      <NoAnswer error={session.error} nextTryAt={nextTryAt} onRetry={() => void session.refetch()} />
    ) : null;
  }
  return session.data === null ? <SignedOut /> : <SignedIn session={session.data} />;
}

/** After the log-in people land where they wanted to go. */
function SignedOut() {
  const { pathname, search } = useLocation();
  const here = `${pathname}${search}`;
  useEffect(() => {
    writeStored(perBrowser, homeKey, null);
  }, []);
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
      <Route path="*" element={<Navigate to="/login" state={{ from: here }} replace />} />
    </Routes>
  );
}

function SignedIn({ session }: { session: Session }) {
  const rights = useMemo(() => new Set(session.rights), [session.rights]);
  const location = useLocation();
  const from = (location.state as { from?: string } | null)?.from;
  const home = homeOf(rights);
  useEffect(() => {
    writeStored(perBrowser, homeKey, home);
  }, [home]);
  return (
    <RightsContext value={rights}>
      <LiveProvider>
        <ClubProvider>
          <Routes>
            <Route element={<Shell session={session} />}>
              {pagesFor(rights).map(({ path, Component }) => (
                <Route key={path} path={path} element={<Component />} />
              ))}
              <Route index element={<Navigate to={home} replace />} />
              <Route
                path="/login"
                element={<Navigate to={from === undefined || from === '/' ? home : from} replace />}
              />
              <Route path="*" element={<NotFound home={home} />} />
            </Route>
          </Routes>
        </ClubProvider>
      </LiveProvider>
    </RightsContext>
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
