import { useEffect, useState } from 'react';
import { openSession } from '../api/me';
import { useTexts } from '../texts';
import { faultText } from '../fault';
import { Button } from './button';
import { LanguageChoice } from './language-choice';
import { SignInForms } from './sign-in-forms';
import classes from './sign-in.module.css';

/** The secret of a mail's link stands behind the hash, where no server sees it; it is taken away once read. */
function takeLink(): string | null {
  const link = location.hash.slice(1);
  return location.pathname === '/app/sign-in' && link.includes('.') ? link : null;
}

export function SignInPage({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTexts();
  const [link, setLink] = useState(takeLink);
  const [over, setOver] = useState(false);
  useEffect(() => {
    document.title = `${t('signIn.title')} · ${t('app.name')}`;
    if (location.hash !== '') {
      history.replaceState(null, '', location.pathname);
    }
  }, [t]);
  return (
    <main className={classes.page}>
      <img className={classes.mark} src="/icon.svg" width={44} height={44} alt="" />
      {link !== null && !over ? (
        <LinkStep
          link={link}
          onSignedIn={onSignedIn}
          onOver={() => {
            setOver(true);
            setLink(null);
          }}
        />
      ) : (
        <SignInForms notice={over ? t('signIn.linkOver') : null} onSignedIn={onSignedIn} />
      )}
      <LanguageChoice />
    </main>
  );
}

interface LinkStepProps {
  link: string;
  onSignedIn: () => void;
  onOver: () => void;
}

/** A tap is asked for, because programs that check mails for viruses open links too, and a link works once. */
function LinkStep({ link, onSignedIn, onOver }: LinkStepProps) {
  const { t } = useTexts();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const open = async () => {
    setBusy(true);
    setFault(null);
    try {
      await openSession({ link });
      onSignedIn();
    } catch (error) {
      const { code, text } = faultText(error);
      if (code === 'invalid_code') {
        onOver();
      } else {
        setFault(text);
      }
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h1 className={classes.title}>{t('signIn.linkTitle')}</h1>
      <p className={classes.help}>{t('signIn.linkHelp')}</p>
      <Button kind="next" wide busy={busy} onClick={() => void open()}>
        {t('signIn.open')}
      </Button>
      {fault !== null && (
        <p role="alert" className={classes.fault}>
          {fault}
        </p>
      )}
      <p className={classes.small}>{t('signIn.installed')}</p>
    </>
  );
}
