import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './log-in-page.module.css';

const codeDigits = 6;

interface CodeFormProps {
  email: string;
  busy: boolean;
  fault: string | null;
  onSubmit: (code: string) => void;
  onBack: () => void;
  onChange: () => void;
  onLost: () => void;
}

/** One field, not six: a code can be pasted with spaces, filled in by the phone, read out and corrected. */
export function CodeForm({ email, busy, fault, onSubmit, onBack, onChange, onLost }: CodeFormProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [checked, setChecked] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const complete = code.length === codeDigits;
  useEffect(() => {
    if (fault !== null) {
      input.current?.select();
    }
  }, [fault]);
  const take = (typed: string) => {
    const digits = typed.replaceAll(/\D/g, '').slice(0, codeDigits);
    setCode(digits);
    onChange();
    if (digits.length === codeDigits && digits !== code && !busy) {
      onSubmit(digits);
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!complete) {
      input.current?.focus();
    } else if (!busy) {
      onSubmit(code);
    }
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p className={classes.who}>{email}</p>
      <TextInput
        ref={input}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        label={t('login.code')}
        description={t('login.codeHelp')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        classNames={{ input: classes.code }}
        value={code}
        error={(checked && !complete && t('login.codeMissing')) || fault}
        onChange={(event) => {
          take(event.currentTarget.value);
        }}
      />
      <Button type="submit" className={classes.submit} loading={busy}>
        {t('login.submit')}
      </Button>
      <Button variant="subtle" color="gray" className={classes.back} onClick={onLost}>
        {t('login.lostPhone')}
      </Button>
      <Button variant="subtle" color="gray" className={classes.back} onClick={onBack}>
        {t('login.back')}
      </Button>
    </form>
  );
}
