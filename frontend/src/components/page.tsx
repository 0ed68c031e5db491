import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './page.module.css';

/** The main part of every page, where the skip link lands; names the page in the browser's tab. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [t, title]);
  return (
    <main id="content" className={classes.page} tabIndex={-1}>
      {children}
    </main>
  );
}
