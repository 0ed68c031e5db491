import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BrandMark } from '@/components/brand-mark';
import { LanguageSwitch } from '@/components/language-switch';
import { ThemeSwitch } from '@/components/theme-switch';
import { ApiError } from '@/lib/api-client';
import { useClubName } from '../api/club';
import { canUsePasskeys, wasPutAside } from '@/lib/passkey';
import { useLogIn, usePasskey, type Credentials } from '../api/log-in';
import { CodeStep } from './code-step';
import { LogInFault } from './log-in-fault';
import { PasskeyButton } from './passkey-button';
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

/** Password and code, or a passkey: what was tried last, and what is wrong with it. */
function useWaysIn() {
  const logIn = useLogIn();
  const passkey = usePasskey();
  const [factors, setFactors] = useState<readonly string[] | null>(null);
  const error = logIn.error ?? (wasPutAside(passkey.error) ? null : passkey.error);
  const forget = () => {
    logIn.reset();
    passkey.reset();
  };
  return {
    factors,
    error,
    fault: codeOf(error),
    busy: logIn.isPending,
    askingPasskey: passkey.isPending,
    triedAt: logIn.submittedAt + passkey.submittedAt,
    forget,
    startAgain: () => {
      forget();
      setFactors(null);
    },
    byPassword: (credentials: Credentials) => {
      passkey.reset();
      logIn.mutate(credentials, {
        onError: (refused) => {
          if (refused instanceof ApiError && refused.code === 'second_factor_required' && !credentials.code) {
            setFactors(refused.factors);
            logIn.reset();
          }
        },
      });
    },
    byPasskey: () => {
      logIn.reset();
      passkey.mutate();
    },
  };
}

/** E-mail and password first; the six digits only when the server asks for them. A passkey is all of it at once. */
export function LogInPage() {
  const { t } = useTranslation();
  const club = useClubName() ?? t('app.name');
  const ways = useWaysIn();
  const { factors, fault } = ways;
  const [values, setValues] = useState<PasswordValues>({ email: '', password: '' });
  useTitle(`${t('login.title')} · ${club}`);
  const wrong = fault === 'invalid_credentials' || fault === 'second_factor_required';
  const used = fault === 'code_already_used';
  const hasPasskey = factors?.includes('passkey') === true;
  const hasCode = !hasPasskey || factors.includes('code');
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <p className={classes.club}>
          <BrandMark size={36} />
          <span>{club}</span>
        </p>
        <h1 className={classes.title}>{factors === null ? t('login.title') : t('login.codeTitle')}</h1>
        {factors === null ? (
          <PasswordForm
            values={values}
            busy={ways.busy}
            fault={wrong ? t('login.wrongCredentials') : null}
            onChange={(next) => {
              setValues(next);
              ways.forget();
            }}
            onSubmit={() => {
              ways.byPassword(values);
            }}
          />
        ) : (
          <CodeStep
            email={values.email}
            busy={ways.busy}
            hasCode={hasCode}
            fault={used ? 'used' : wrong ? 'wrong' : null}
            onSubmit={(code) => {
              ways.byPassword({ ...values, code });
            }}
            onBack={() => {
              ways.startAgain();
              setValues({ ...values, password: '' });
            }}
            onChange={ways.forget}
          />
        )}
        {canUsePasskeys() && (factors === null || hasPasskey) && (
          <PasskeyButton
            busy={ways.askingPasskey}
            isNextStep={!hasCode}
            onClick={ways.byPasskey}
          />
        )}
        {fault !== null && !wrong && !used && <LogInFault key={ways.triedAt} error={ways.error} />}
      </div>
      <div className={classes.choices}>
        <LanguageSwitch />
        <ThemeSwitch position="top" />
      </div>
    </main>
  );
}
