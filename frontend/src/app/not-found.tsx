import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Page } from '@/components/page';
import { StatePanel } from '@/components/state-panel';
import classes from './app.module.css';

/** An address that leads nowhere, or to a page that is not open to this person: both read the same. */
export function NotFound({ home }: { home: string }) {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')}>
      <h1 className={classes.hidden}>{t('notFound.title')}</h1>
      <div className={classes.middle}>
        <StatePanel
          icon={IconMapOff}
          title={t('notFound.title')}
          help={t('notFound.help')}
          action={
            <Button variant="default" component={Link} to={home}>
              {t('notFound.home')}
            </Button>
          }
        />
      </div>
    </Page>
  );
}
