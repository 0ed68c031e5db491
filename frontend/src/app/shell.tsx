import { useMediaQuery } from '@mantine/hooks';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useNavigate } from 'react-router';
import { BrandMark } from '@/components/brand-mark';
import { ErrorBoundary } from '@/components/error-boundary';
import item from '@/components/rail-item.module.css';
import { learnPart } from '@/lib/i18n';
import { useShortcuts } from '@/lib/shortcuts';
import { useWedge } from '@/lib/wedge';
import type { Session } from '@/features/session/api/session';
import { Broken } from './broken';
import { PageSkeleton } from './page-skeleton';
import { homeOf, pagesFor, type PageEntry } from './pages';
import { PersonButton } from './person-button';
import { ShellContext } from '@/lib/shell';
import { Toaster } from './toaster';
import classes from './shell.module.css';

const SessionBell = lazy(async () => {
  const [module] = await Promise.all([import('./bell'), learnPart('doors')]);
  return { default: module.SessionBell };
});
const Palette = lazy(() => import('./palette/palette').then((module) => ({ default: module.Palette })));
const ViewingBanner = lazy(() =>
  import('./viewing-banner').then((module) => ({ default: module.ViewingBanner })),
);
const Help = lazy(() => import('./help').then((module) => ({ default: module.Help })));

/** A phone has room for five: four places and "more". */
const placesOnPhone = 4;

/** The rail and the page beside it; on a phone the rail is a bar at the bottom. */
export function Shell({ session }: { session: Session }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  const rights = useMemo(() => new Set(session.rights), [session.rights]);
  const actions = useMemo(
    () => ({
      openPalette: () => {
        setOpen('palette');
      },
      openHelp: () => {
        setOpen('help');
      },
    }),
    [],
  );
  useShortcuts(
    useMemo(
      () => [
        { key: 'k', ctrl: true, inFields: true, run: actions.openPalette },
        { key: '?', run: actions.openHelp },
      ],
      [actions],
    ),
  );
  useWedge(
    useCallback(
      (badge: string) => {
        setOpen(null);
        void navigate('/desk', { state: { badge, readAt: Date.now() } });
      },
      [navigate],
    ),
  );
  const close = useCallback(() => {
    setOpen(null);
  }, []);
  return (
    <ShellContext value={actions}>
      <div className={classes.shell}>
        <a href="#content" className={classes.skip}>
          {t('app.skip')}
        </a>
        <Rail session={session} rights={rights} />
        <ErrorBoundary fallback={<Broken />}>
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
        <Toaster />
        <Suspense>
          {session.viewsAs !== null && <ViewingBanner name={session.viewsAs.displayName} />}
          {open === 'palette' && <Palette rights={rights} onClose={close} onHelp={actions.openHelp} />}
          {open === 'help' && <Help onClose={close} />}
        </Suspense>
      </div>
    </ShellContext>
  );
}

function Rail({ session, rights }: { session: Session; rights: ReadonlySet<string> }) {
  const { t } = useTranslation();
  const narrow = useMediaQuery('(max-width: 760px)', false, { getInitialValueInEffect: false });
  const places = useMemo(() => pagesFor(rights).filter((page) => page.rail !== undefined), [rights]);
  const inBar = narrow ? places.slice(0, placesOnPhone) : places;
  return (
    <nav className={classes.rail} aria-label={t('rail.label')}>
      <NavLink to={homeOf(rights)} className={classes.mark} aria-label={t('rail.home')} tabIndex={-1}>
        <BrandMark />
      </NavLink>
      {inBar.map((page) => page.rail?.bottom !== true && <RailLink key={page.path} page={page} />)}
      <span className={classes.space} />
      {inBar.map((page) => page.rail?.bottom === true && <RailLink key={page.path} page={page} />)}
      {!narrow && (
        <ErrorBoundary fallback={null}>
          <Suspense fallback={<span className={item.item} />}>
            <SessionBell session={session} />
          </Suspense>
        </ErrorBoundary>
      )}
      <PersonButton session={session} narrow={narrow} more={narrow ? places.slice(placesOnPhone) : []} />
    </nav>
  );
}

function RailLink({ page }: { page: PageEntry }) {
  const { t } = useTranslation();
  const { rail, path } = page;
  if (rail === undefined) {
    return null;
  }
  const { icon: PlaceIcon, label, Count } = rail;
  return (
    <NavLink to={path.replace(/\/\*$/, '')} className={item.item}>
      <PlaceIcon size={20} stroke={1.75} aria-hidden="true" />
      {t(label)}
      {Count !== undefined && <Count />}
    </NavLink>
  );
}
