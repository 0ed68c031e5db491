import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeForm } from './code-form';
import { RecoveryForm } from './recovery-form';
import classes from './log-in-page.module.css';

interface CodeStepProps {
  email: string;
  busy: boolean;
  /** Whether a phone shows codes for this account; else there is a passkey. */
  hasCode: boolean;
  fault: 'used' | 'wrong' | null;
  onSubmit: (code: string) => void;
  onBack: () => void;
  onChange: () => void;
}

/** The code of the phone, or one that was kept for the day on which the phone is lost. */
export function CodeStep({ email, busy, hasCode, fault, onSubmit, onBack, onChange }: CodeStepProps) {
  const { t } = useTranslation();
  const [lost, setLost] = useState(false);
  const turn = (next: boolean) => () => {
    onChange();
    setLost(next);
  };
  if (!hasCode && !lost) {
    return (
      <div className={classes.form}>
        <p className={classes.who}>{email}</p>
        <p>{t('login.passkeyHelp')}</p>
        <Button variant="subtle" color="gray" className={classes.back} onClick={turn(true)}>
          {t('login.lostPhone')}
        </Button>
        <Button variant="subtle" color="gray" className={classes.back} onClick={onBack}>
          {t('login.back')}
        </Button>
      </div>
    );
  }
  return lost ? (
    <RecoveryForm
      busy={busy}
      fault={fault === null ? null : t('login.wrongRecovery')}
      onSubmit={onSubmit}
      onBack={turn(false)}
    />
  ) : (
    <CodeForm
      email={email}
      busy={busy}
      fault={fault === null ? null : fault === 'used' ? t('login.usedCode') : t('login.wrongCode')}
      onSubmit={onSubmit}
      onBack={onBack}
      onChange={onChange}
      onLost={turn(true)}
    />
  );
}
