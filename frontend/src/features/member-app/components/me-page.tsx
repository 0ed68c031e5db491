import { useEffect, useState } from 'react';
import { closeSession, revokePassKey, sendLanguage, signOut } from '../api/me';
import { shortDay } from '../dates';
import { faultText } from '../fault';
import type { Saved } from '../saved';
import { useTexts } from '../texts';
import { AskFirst } from './ask-first';
import { Button } from './button';
import { LanguageChoice } from './language-choice';
import classes from './member-app.module.css';

interface MePageProps {
  saved: Saved;
  offlineSince: number | null;
  onChanged: () => Promise<void>;
  onLeft: () => Promise<void>;
}

export function MePage({ saved: { me }, offlineSince, onChanged, onLeft }: MePageProps) {
  const { t } = useTexts();
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    document.title = `${t('me.title')} · ${me.club ?? t('app.name')}`;
  }, [t, me.club]);
  const run = async (work: Promise<unknown>, after: () => Promise<void> = onChanged) => {
    setFault(null);
    try {
      await work;
      await after();
    } catch (error) {
      setFault(faultText(error).text);
    }
  };
  const away = offlineSince !== null;
  return (
    <>
      <h1 className={classes.hello}>{me.displayName}</h1>
      {fault !== null && (
        <p role="alert" className={classes.fault}>
          {fault}
        </p>
      )}
      <section className={classes.card}>
        <h2 className={classes.label}>{t('me.code')}</h2>
        <p className={classes.big}>{me.code}</p>
        <p className={classes.label}>{t('me.codeHelp')}</p>
      </section>
      <Contact email={me.email} phone={me.phone} />
      <section className={classes.card}>
        <h2 className={classes.title}>{t('me.phones')}</h2>
        {me.passKeys.length === 0 && <p className={classes.label}>{t('me.phonesNone')}</p>}
        <ul className={classes.rows}>
          {me.passKeys.map((key) => (
            <li key={key.id}>
              <div>
                <p className={classes.name}>{key.device ?? t('me.unnamed')}</p>
                {key.addedAt !== null && (
                  <p className={classes.label}>{t('me.since', { date: shortDay(key.addedAt) })}</p>
                )}
              </div>
              <AskFirst
                label={t('me.remove')}
                ask={t('me.removeAsk', { device: key.device ?? t('me.unnamed') })}
                yes={t('me.removeYes')}
                disabled={away}
                onYes={() => run(revokePassKey(key.id))}
              />
            </li>
          ))}
        </ul>
      </section>
      <Sessions me={me} away={away} onClose={(id) => run(closeSession(id))} />
      <section className={classes.card}>
        <h2 className={classes.title}>{t('me.language')}</h2>
        <LanguageChoice onChosen={(chosen) => void run(sendLanguage(chosen))} />
      </section>
      <section className={classes.card}>
        <AskFirst
          label={t('me.signOut')}
          ask={t('me.signOutAsk')}
          yes={t('me.signOutYes')}
          disabled={away}
          onYes={() => run(signOut(), onLeft)}
        />
      </section>
    </>
  );
}

function Contact({ email, phone }: { email: string | null; phone: string | null }) {
  const { t } = useTexts();
  return (
    <section className={classes.card}>
      <h2 className={classes.title}>{t('me.contact')}</h2>
      <ul className={classes.rows}>
        {email !== null && (
          <li>
            <span className={classes.label}>{t('me.email')}</span>
            <span className={classes.name}>{email}</span>
          </li>
        )}
        {phone !== null && (
          <li>
            <span className={classes.label}>{t('me.phone')}</span>
            <span className={classes.name}>{phone}</span>
          </li>
        )}
      </ul>
      <p className={classes.label}>{t('me.change')}</p>
    </section>
  );
}

interface SessionsProps {
  me: Saved['me'];
  away: boolean;
  onClose: (id: string) => Promise<void>;
}

function Sessions({ me, away, onClose }: SessionsProps) {
  const { t } = useTexts();
  return (
    <section className={classes.card}>
      <h2 className={classes.title}>{t('me.sessions')}</h2>
      <ul className={classes.rows}>
        {me.sessions.map((session) => (
          <li key={session.id}>
            <div>
              <p className={classes.name}>{session.current ? t('me.thisPhone') : t('me.unnamed')}</p>
              <p className={classes.label}>{t('me.since', { date: shortDay(session.openedAt) })}</p>
            </div>
            {!session.current && (
              <Button disabled={away} onClick={() => void onClose(session.id)}>
                {t('me.close')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
