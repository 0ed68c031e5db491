import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BrandMark } from '@/components/brand-mark';
import { LanguageSwitch } from '@/components/language-switch';
import { ThemeSwitch } from '@/components/theme-switch';
import { ApiError } from '@/lib/api-client';
import { useClubName } from '../api/club';
import { useLogIn } from '../api/session';
import { CodeStep } from './code-step';
import { LogInFault } from './log-in-fault';
import { PasswordForm, type PasswordValues } from './password-form';
import classes from './log-in-page.module.css';

function codeOf(error: Error | null): string | null {
  return error instanceof ApiError ? error.code : error && 'unexpected';
}

function useTitle(title: string) {
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** E-mail and password first; the six digits only when the server asks for them. */
export function LogInPage() {
  const { t } = useTranslation();
  const logIn = useLogIn();
  const club = useClubName() ?? t('app.name');
  const [values, setValues] = useState<PasswordValues>({ email: '', password: '' });
  const [asksCode, setAsksCode] = useState(false);
  const fault = codeOf(logIn.error);
  useTitle(`${t('login.title')} · ${club}`);
  const submit = (code?: string) => {
    logIn.mutate(
      { ...values, code },
      {
        onError: (error) => {
          if (codeOf(error) === 'second_factor_required' && code === undefined) {
            setAsksCode(true);
            logIn.reset();
          }
        },
      },
    );
  };
  const startAgain = () => {
    logIn.reset();
    setAsksCode(false);
    setValues({ ...values, password: '' });
  };
  const wrong = fault === 'invalid_credentials' || fault === 'second_factor_required';
  const used = fault === 'code_already_used';
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <p className={classes.club}>
          <BrandMark size={36} />
          <span>{club}</span>
        </p>
        <h1 className={classes.title}>{asksCode ? t('login.codeTitle') : t('login.title')}</h1>
        {asksCode ? (
          <CodeStep
            email={values.email}
            busy={logIn.isPending}
            fault={used ? 'used' : wrong ? 'wrong' : null}
            onSubmit={submit}
            onBack={startAgain}
            onChange={() => {
              logIn.reset();
            }}
          />
        ) : (
          <PasswordForm
            values={values}
            busy={logIn.isPending}
            fault={wrong ? t('login.wrongCredentials') : null}
            onChange={(next) => {
              setValues(next);
              logIn.reset();
            }}
            onSubmit={() => {
              submit();
            }}
          />
        )}
        {fault !== null && !wrong && !used && <LogInFault key={logIn.submittedAt} error={logIn.error} />}
      </div>
      <div className={classes.choices}>
        <LanguageSwitch />
        <ThemeSwitch position="top" />
      </div>
    </main>
  );
}
