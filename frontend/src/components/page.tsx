import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './page.module.css';

interface PageProps {
  title: string;
  /** A page of one long list is as high as the window: the list scrolls, not the page. */
  fixed?: boolean;
  children: ReactNode;
}

/** The main part of every page, where the skip link lands; names the page in the browser's tab. */
export function Page({ title, fixed = false, children }: PageProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [t, title]);
  return (
    <main id="content" className={classes.page} data-fixed={fixed || undefined} tabIndex={-1}>
      {children}
    </main>
  );
}
