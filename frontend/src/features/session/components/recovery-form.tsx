import { Button, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './log-in-page.module.css';

interface RecoveryFormProps {
  busy: boolean;
  fault: string | null;
  onSubmit: (code: string) => void;
  onBack: () => void;
}

/** For the day on which the phone is lost: one of the codes that were kept. */
export function RecoveryForm({ busy, fault, onSubmit, onBack }: RecoveryFormProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!busy && code.trim() !== '') {
      onSubmit(code);
    }
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('login.recoveryCode')}
        description={t('login.recoveryHelp')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        autoComplete="off"
        autoFocus
        spellCheck={false}
        value={code}
        error={fault}
        onChange={(event) => {
          setCode(event.currentTarget.value);
        }}
      />
      <Button type="submit" className={classes.submit} loading={busy}>
        {t('login.submit')}
      </Button>
      <Button variant="subtle" color="gray" className={classes.back} onClick={onBack}>
        {t('login.useApp')}
      </Button>
    </form>
  );
}
