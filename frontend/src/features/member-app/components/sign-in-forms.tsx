import { useRef, useState, type SyntheticEvent } from 'react';
import { askForMail, openSession } from '../api/me';
import { faultText } from '../fault';
import { useTexts } from '../texts';
import { Button } from './button';
import { Field } from './field';
import classes from './sign-in.module.css';

interface SignInFormsProps {
  /** The address is known already: the member signs in again on the same phone. */
  email?: string;
  notice?: string | null;
  onSignedIn: () => void;
}

/** The address first, then the code that was mailed to it. */
export function SignInForms({ email: known = '', notice = null, onSignedIn }: SignInFormsProps) {
  const [email, setEmail] = useState(known);
  const [minutes, setMinutes] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setFault(null);
    try {
      await work();
    } catch (error) {
      setFault(faultText(error).text);
    } finally {
      setBusy(false);
    }
  };
  const send = () =>
    run(async () => {
      setMinutes((await askForMail(email.trim())).minutes);
    });
  const submit = (code: string) =>
    run(async () => {
      await openSession({ email: email.trim(), code });
      onSignedIn();
    });
  return minutes === null ? (
    <AddressForm
      email={email}
      busy={busy}
      fault={fault}
      notice={notice}
      onEmail={setEmail}
      onSend={() => void send()}
    />
  ) : (
    <CodeForm
      email={email.trim()}
      minutes={minutes}
      busy={busy}
      fault={fault}
      onSubmit={(code) => void submit(code)}
      onAgain={() => void send()}
      onOther={() => {
        setMinutes(null);
        setFault(null);
      }}
    />
  );
}

interface AddressFormProps {
  email: string;
  busy: boolean;
  fault: string | null;
  notice: string | null;
  onEmail: (email: string) => void;
  onSend: () => void;
}

function AddressForm({ email, busy, fault, notice, onEmail, onSend }: AddressFormProps) {
  const { t } = useTexts();
  const [checked, setChecked] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const wrong = !/^\S+@\S+$/.test(email.trim());
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setChecked(true);
    if (wrong) {
      input.current?.focus();
    } else if (!busy) {
      onSend();
    }
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <h1 className={classes.title}>{t('signIn.title')}</h1>
      {notice !== null && (
        <p role="status" className={classes.notice}>
          {notice}
        </p>
      )}
      <p className={classes.help}>{t('signIn.help')}</p>
      <Field
        ref={input}
        label={t('signIn.email')}
        type="email"
        name="email"
        autoComplete="email"
        value={email}
        fault={checked && wrong ? t('signIn.badEmail') : fault}
        onChange={onEmail}
      />
      <Button kind="next" type="submit" wide busy={busy}>
        {t('signIn.send')}
      </Button>
    </form>
  );
}

interface CodeFormProps {
  email: string;
  minutes: number;
  busy: boolean;
  fault: string | null;
  onSubmit: (code: string) => void;
  onAgain: () => void;
  onOther: () => void;
}

/** One field, so that the phone can fill it in from the mail and a code with spaces can be pasted. */
function CodeForm({ email, minutes, busy, fault, onSubmit, onAgain, onOther }: CodeFormProps) {
  const { t } = useTexts();
  const [code, setCode] = useState('');
  const [checked, setChecked] = useState(false);
  const take = (typed: string) => {
    const digits = typed.replaceAll(/\D/g, '').slice(0, 6);
    setCode(digits);
    if (digits.length === 6 && digits !== code && !busy) {
      onSubmit(digits);
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setChecked(true);
    if (code.length === 6 && !busy) {
      onSubmit(code);
    }
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <h1 className={classes.title}>{t('signIn.codeTitle')}</h1>
      <p className={classes.help}>{t('signIn.sent', { email, minutes })}</p>
      <Field
        label={t('signIn.code')}
        inputMode="numeric"
        name="code"
        autoComplete="one-time-code"
        autoFocus
        large
        value={code}
        fault={checked && code.length < 6 ? t('signIn.codeMissing') : fault}
        onChange={take}
      />
      <Button kind="next" type="submit" wide busy={busy}>
        {t('signIn.submit')}
      </Button>
      <div className={classes.ways}>
        <Button onClick={onAgain}>{t('signIn.again')}</Button>
        <Button onClick={onOther}>{t('signIn.other')}</Button>
      </div>
    </form>
  );
}
