import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './log-in-page.module.css';

export interface PasswordValues {
  email: string;
  password: string;
}

interface PasswordFormProps {
  values: PasswordValues;
  busy: boolean;
  fault: string | null;
  onChange: (values: PasswordValues) => void;
  onSubmit: () => void;
}

export function PasswordForm({ values, busy, fault, onChange, onSubmit }: PasswordFormProps) {
  const { t } = useTranslation();
  const [checked, setChecked] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const noEmail = values.email.trim() === '';
  const noPassword = values.password === '';
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setChecked(true);
    if (noEmail) {
      email.current?.focus();
    } else if (noPassword) {
      password.current?.focus();
    } else if (!busy) {
      onSubmit();
    }
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <TextInput
        ref={email}
        type="email"
        name="email"
        autoComplete="username"
        autoFocus
        spellCheck={false}
        label={t('login.email')}
        value={values.email}
        error={checked && noEmail && t('login.emailMissing')}
        onChange={(event) => {
          onChange({ ...values, email: event.currentTarget.value });
        }}
      />
      <PasswordInput
        ref={password}
        name="password"
        autoComplete="current-password"
        label={t('login.password')}
        value={values.password}
        error={(checked && noPassword && t('login.passwordMissing')) || fault}
        visibilityToggleButtonProps={{
          'aria-label': t('login.showPassword'),
          tabIndex: 0,
          'aria-hidden': false,
        }}
        onChange={(event) => {
          onChange({ ...values, password: event.currentTarget.value });
        }}
      />
      <Button type="submit" className={classes.submit} loading={busy}>
        {t('login.submit')}
      </Button>
    </form>
  );
}
