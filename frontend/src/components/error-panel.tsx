import { Button } from '@mantine/core';
import { IconCloudOff, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/lib/use-now';
import classes from './error-panel.module.css';
import { StatePanel } from './state-panel';

interface ErrorPanelProps {
  title: string;
  help: string;
  code: string;
  nextTryAt: number | null;
  onRetry: () => void;
}

export function ErrorPanel({ title, help, code, nextTryAt, onRetry }: ErrorPanelProps) {
  const { t } = useTranslation();
  return (
    <StatePanel
      alert
      icon={IconCloudOff}
      title={title}
      help={
        <>
          <p>{help}</p>
          <NextTry at={nextTryAt} />
          <p className={classes.code}>{t('error.code', { code })}</p>
        </>
      }
      action={
        <Button variant="default" leftSection={<IconRefresh size={18} stroke={1.75} />} onClick={onRetry}>
          {t('error.retry')}
        </Button>
      }
    />
  );
}

/** Counts down without being read out every second. */
function NextTry({ at }: { at: number | null }) {
  const { t } = useTranslation();
  const now = useNow(1_000);
  const seconds = at === null ? 0 : Math.max(0, Math.ceil((at - now) / 1_000));
  return (
    <p aria-live="off">{seconds === 0 ? t('error.tryingNow') : t('error.nextTry', { count: seconds })}</p>
  );
}
