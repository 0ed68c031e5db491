import { useState } from 'react';
import { IconDeviceMobile } from '@tabler/icons-react';
import { revokePassKey, type Me, type MemberApiError } from '../api/me';
import { clock, shortDay } from '../dates';
import { faultText } from '../fault';
import { useTexts } from '../texts';
import { Button } from './button';
import { SignInForms } from './sign-in-forms';
import member from './member-app.module.css';
import classes from './pass.module.css';

interface EnrolCardProps {
  me: Me;
  fault: MemberApiError | null;
  enrol: () => Promise<void>;
  onChanged: () => Promise<void>;
}

/** This phone has no pass: because it is new, because two others have one, or because the sign-in is too old. */
export function EnrolCard({ me, fault, enrol, onChanged }: EnrolCardProps) {
  const { t } = useTexts();
  const [signsIn, setSignsIn] = useState(false);
  if (fault?.code === 'too_many_pass_keys') {
    return <TooMany me={me} enrol={enrol} onChanged={onChanged} />;
  }
  const again = !me.canEnrol || fault?.code === 'sign_in_again';
  if (signsIn) {
    return (
      <section className={member.card}>
        <SignInForms
          email={me.email ?? ''}
          onSignedIn={() => {
            void onChanged().then(enrol);
          }}
        />
      </section>
    );
  }
  return (
    <section className={classes.pass}>
      <div className={classes.message}>
        <IconDeviceMobile size={32} stroke={1.75} aria-hidden="true" />
        <h2>{t('enrol.title')}</h2>
        <p>
          {t('enrol.help')} {again && t('enrol.signInAgain')}
        </p>
        {fault !== null && !again && <p role="alert">{faultText(fault).text}</p>}
        <Button
          kind="next"
          wide
          onClick={() => {
            if (again) {
              setSignsIn(true);
            } else {
              void enrol();
            }
          }}
        >
          {again ? t('enrol.sendCode') : t('enrol.submit')}
        </Button>
      </div>
    </section>
  );
}

function TooMany({ me, enrol, onChanged }: Omit<EnrolCardProps, 'fault'>) {
  const { t } = useTexts();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const replace = async (id: string) => {
    setBusy(true);
    try {
      await revokePassKey(id);
      await onChanged();
      await enrol();
    } catch (error) {
      setProblem(faultText(error).text);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={classes.pass}>
      <div className={classes.message}>
        <h2>{t('enrol.full')}</h2>
        <p>{t('enrol.fullHelp')}</p>
        <ul className={classes.phones}>
          {me.passKeys.map((phone) => (
            <li key={phone.id}>
              <span>
                {phone.device ?? t('me.unnamed')}
                {phone.addedAt !== null && (
                  <small>
                    {t('me.since', { date: `${shortDay(phone.addedAt)}, ${clock(phone.addedAt)}` })}
                  </small>
                )}
              </span>
              <Button busy={busy} onClick={() => void replace(phone.id)}>
                {t('me.remove')}
              </Button>
            </li>
          ))}
        </ul>
        {problem !== null && <p role="alert">{problem}</p>}
      </div>
    </section>
  );
}
