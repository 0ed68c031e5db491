import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import classes from './settings.module.css';

interface SettingsNavProps {
  places: readonly { path: string; word: string }[];
}

/** The settings' places. Where they stand in one line that scrolls, the one that is open comes into view. */
export function SettingsNav({ places }: SettingsNavProps) {
  const { t } = useTranslation();
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const line = nav.current;
    const open = line?.querySelector<HTMLElement>('[aria-current]');
    if (line != null && open != null) {
      line.scrollLeft = open.offsetLeft + open.offsetWidth / 2 - line.clientWidth / 2;
    }
  }, [pathname]);
  return (
    <nav ref={nav} className={classes.nav} aria-label={t('rail.settings')}>
      {places.map(({ path, word }) => (
        <NavLink key={path} to={`/settings/${path}`}>
          {word}
        </NavLink>
      ))}
    </nav>
  );
}
