import { Button } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './log-in-page.module.css';

interface PasskeyButtonProps {
  busy: boolean;
  isNextStep?: boolean;
  onClick: () => void;
}

/** The other way in: a finger or a face instead of password and code. */
export function PasskeyButton({ busy, isNextStep = false, onClick }: PasskeyButtonProps) {
  const { t } = useTranslation();
  return (
    <Button
      className={classes.passkey}
      variant={isNextStep ? 'filled' : 'default'}
      loading={busy}
      leftSection={<IconFingerprint size={20} stroke={1.75} aria-hidden="true" />}
      onClick={onClick}
    >
      {t('login.passkey')}
    </Button>
  );
}
