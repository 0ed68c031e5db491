import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { BrandMark } from '@/components/brand-mark';
import { LanguageSwitch } from '@/components/language-switch';
import { ThemeSwitch } from '@/components/theme-switch';
import { api, ApiError, bodyOf } from '@/lib/api-client';
import { useClubName } from '../api/club';
import classes from './log-in-page.module.css';

/** The secret of the link stands behind the hash, so that it is never sent along with an address. */
const tokenOf = (hash: string) => hash.replace(/^#/, '');

/** Where the link of an invitation leads: one password, and the account is open. */
export function InvitationPage() {
  const { t } = useTranslation();
  const club = useClubName() ?? t('app.name');
  const token = tokenOf(window.location.hash);
  const [done, setDone] = useState(false);
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => bodyOf(api.POST('/api/invitations/look', { body: { token }, signal })),
    retry: false,
  });
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <p className={classes.club}>
          <BrandMark size={36} />
          <span>{club}</span>
        </p>
        <h1 className={classes.title}>{done ? t('invitation.done') : t('invitation.title')}</h1>
        {invitation.isError && !done && <p className={classes.who}>{invitation.error.message}</p>}
        {invitation.data !== undefined && !done && (
          <>
            <p className={classes.who}>
              {t('invitation.welcome', { name: invitation.data.displayName, email: invitation.data.email })}
            </p>
            <ChoosePassword
              token={token}
              onDone={() => {
                setDone(true);
              }}
            />
          </>
        )}
        {(done || invitation.isError) && (
          <Button component={Link} to="/login" className={classes.submit}>
            {t('invitation.toLogin')}
          </Button>
        )}
      </div>
      <div className={classes.choices}>
        <LanguageSwitch />
        <ThemeSwitch position="top" />
      </div>
    </main>
  );
}

function ChoosePassword({ token, onDone }: { token: string; onDone: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/invitations/accept', { body: { token, password } })),
    onSuccess: onDone,
  });
  const { error } = accept;
  const fault =
    error instanceof ApiError
      ? (error.fields.find(({ field }) => field === 'password')?.detail ?? error.message)
      : null;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!accept.isPending) {
      accept.mutate();
    }
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <PasswordInput
        label={t('invitation.password')}
        description={t('invitation.passwordHelp')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        autoComplete="new-password"
        autoFocus
        value={password}
        error={fault}
        visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword'), tabIndex: 0, 'aria-hidden': false }}
        onChange={(event) => {
          setPassword(event.currentTarget.value);
        }}
      />
      <Button type="submit" className={classes.submit} loading={accept.isPending}>
        {t('invitation.submit')}
      </Button>
    </form>
  );
}
