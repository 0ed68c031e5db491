import { Button } from '@mantine/core';
import { IconRefresh, IconTool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { StatePanel } from '@/components/state-panel';
import classes from './app.module.css';

export function Broken() {
  const { t } = useTranslation();
  return (
    <main className={classes.alone}>
      <StatePanel
        alert
        icon={IconTool}
        title={t('error.broken')}
        help={t('error.brokenHelp')}
        action={
          <Button
            variant="default"
            leftSection={<IconRefresh size={18} stroke={1.75} />}
            onClick={() => {
              window.location.reload();
            }}
          >
            {t('error.reload')}
          </Button>
        }
      />
    </main>
  );
}
