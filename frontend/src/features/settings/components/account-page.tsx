import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWhen } from '../use-when';
import { faultOf, useAccount, useCommand, useSessions, type OpenSession } from '../api/commands';
import { Passkeys } from './passkeys';
import { Form, Loaded, Part, Tag } from './parts';
import { SecondFactor } from './second-factor';
import classes from './settings.module.css';

export function AccountPage() {
  const { t } = useTranslation();
  const account = useAccount();
  return (
    <div className={classes.column}>
      <Loaded query={account} height={400}>
        {(own) => (
          <>
            {own.mustHaveSecondFactor && !own.hasTotp && own.passkeys.length === 0 && (
              <div className={classes.banner} role="status">
                <strong>{t('settings.account.protect')}</strong>
                <p className={classes.help}>{t('settings.account.protectHelp')}</p>
              </div>
            )}
            <SecondFactor account={own} />
            <Passkeys account={own} />
          </>
        )}
      </Loaded>
      <Password />
      <Sessions />
    </div>
  );
}

function Password() {
  const { t } = useTranslation();
  const [values, setValues] = useState({ currentPassword: '', newPassword: '' });
  const [done, setDone] = useState(false);
  const command = useCommand(() => {
    setValues({ currentPassword: '', newPassword: '' });
    setDone(true);
  });
  return (
    <Part title={t('settings.account.password')} testId="password">
      <p className={classes.help}>{t('settings.account.passwordHelp')}</p>
      <Form
        submit={t('settings.account.changePassword')}
        busy={command.isPending}
        error={command.error}
        quiet
        onSubmit={() => {
          setDone(false);
          command.mutate({ path: '/api/account/password', body: values });
        }}
      >
        <PasswordInput
          label={t('settings.account.currentPassword')}
          autoComplete="current-password"
          value={values.currentPassword}
          error={faultOf(command.error, 'currentPassword')}
          onChange={(event) => {
            setValues({ ...values, currentPassword: event.currentTarget.value });
          }}
        />
        <PasswordInput
          label={t('settings.account.newPassword')}
          description={t('settings.account.newPasswordHelp')}
          autoComplete="new-password"
          value={values.newPassword}
          error={faultOf(command.error, 'newPassword')}
          onChange={(event) => {
            setValues({ ...values, newPassword: event.currentTarget.value });
          }}
        />
      </Form>
      {done && (
        <p className={classes.help} role="status">
          {t('settings.account.passwordChanged')}
        </p>
      )}
    </Part>
  );
}

function Sessions() {
  const { t } = useTranslation();
  const sessions = useSessions();
  const command = useCommand();
  return (
    <Part title={t('settings.account.sessions')} testId="sessions">
      <p className={classes.help}>{t('settings.account.sessionsHelp')}</p>
      <Loaded query={sessions}>
        {(open) => (
          <>
            <ul className={classes.list}>
              {open.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  busy={command.isPending}
                  onEnd={() => {
                    command.mutate({ path: `/api/account/sessions/${session.id}/end` });
                  }}
                />
              ))}
            </ul>
            {open.length > 1 && (
              <div className={classes.actions}>
                <Button
                  variant="default"
                  loading={command.isPending}
                  onClick={() => {
                    command.mutate({ path: '/api/account/sessions/end-others' });
                  }}
                >
                  {t('settings.account.endOthers')}
                </Button>
              </div>
            )}
          </>
        )}
      </Loaded>
    </Part>
  );
}

interface SessionRowProps {
  session: OpenSession;
  busy: boolean;
  onEnd: () => void;
}

function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const device = session.device ?? t('settings.account.unknownDevice');
  return (
    <li className={classes.item}>
      <div className={classes.grow}>
        <p className={classes.name}>{device}</p>
        <p className={classes.second}>
          {t('settings.account.seen', { when: when(session.seenAt), place: session.place ?? '–' })}
        </p>
      </div>
      {session.isThis ? (
        <Tag kind="grant">{t('settings.account.thisSession')}</Tag>
      ) : (
        <Button
          variant="default"
          disabled={busy}
          aria-label={t('settings.account.endSession', { device })}
          onClick={onEnd}
        >
          {t('settings.account.end')}
        </Button>
      )}
    </li>
  );
}
