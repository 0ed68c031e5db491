import { IconActivity, IconLogout } from '@tabler/icons-react';
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet } from 'react-router';
import { BrandMark } from '@/components/brand-mark';
import { LanguageSwitch } from '@/components/language-switch';
import item from '@/components/rail-item.module.css';
import { ThemeSwitch } from '@/components/theme-switch';
import { RefusalCount } from '@/features/live/components/refusal-count';
import { useLogOut, type Session } from '@/features/session/api/session';
import classes from './shell.module.css';

/** The rail and the page beside it; on a phone the rail is a bar at the bottom. */
export function Shell({ session }: { session: Session }) {
  const { t } = useTranslation();
  const narrow = useMediaQuery('(max-width: 760px)');
  const logOut = useLogOut();
  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {t('app.skip')}
      </a>
      <nav className={classes.rail} aria-label={t('rail.label')}>
        <span className={classes.mark}>
          <BrandMark />
        </span>
        <NavLink to="/" end className={item.item}>
          <IconActivity size={20} stroke={1.75} aria-hidden="true" />
          {t('rail.live')}
          <RefusalCount />
        </NavLink>
        <span className={classes.space} />
        <LanguageSwitch />
        <ThemeSwitch position={narrow ? 'top' : 'right-end'} />
        <button
          type="button"
          className={item.item}
          title={t('rail.signOutOf', { name: session.displayName })}
          disabled={logOut.isPending}
          onClick={() => {
            logOut.mutate();
          }}
        >
          <IconLogout size={20} stroke={1.75} aria-hidden="true" />
          {logOut.isError ? t('error.retry') : t('rail.signOut')}
        </button>
      </nav>
      <Outlet />
    </div>
  );
}
