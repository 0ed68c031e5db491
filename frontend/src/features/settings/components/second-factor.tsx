import { Button } from '@mantine/core';
import { QRCodeSVG } from 'qrcode.react';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { faultOf, useCommand, type Account } from '../api/commands';
import { Field, Form, Part, PasswordField, Secret, Tag } from './parts';
import classes from './settings.module.css';

type Doing = 'totp' | 'codes' | 'remove';

/** What is asked beside the password: turning it on shows the codes for the day on which the phone is lost. */
export function SecondFactor({ account }: { account: Account }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const isProtected = account.hasTotp || account.passkeys.length > 0;
  const done = (shown: string[] | null) => {
    setCodes(shown);
    setDoing(null);
    void client.invalidateQueries({ queryKey: ['session'] });
  };
  return (
    <Part title={t('settings.account.factor')} testId="second-factor">
      <div className={classes.actions}>
        <Tag kind={isProtected ? 'grant' : account.mustHaveSecondFactor ? 'warn' : undefined}>
          {account.hasTotp
            ? t('settings.account.factorOn')
            : isProtected
              ? t('settings.account.factorPasskey')
              : t('settings.account.factorOff')}
        </Tag>
        {account.recoveryCodesLeft > 0 && (
          <Tag>{t('settings.account.codesLeft', { count: account.recoveryCodesLeft })}</Tag>
        )}
      </div>
      <p className={classes.help}>{t('settings.account.factorHelp')}</p>
      {codes !== null && <Secret text={codes.join('  ')} help={t('settings.account.codesHelp')} />}
      {doing === null && (
        <div className={classes.actions}>
          <Button
            variant={isProtected ? 'default' : 'filled'}
            onClick={() => {
              setDoing('totp');
            }}
          >
            {account.hasTotp ? t('settings.account.changePhone') : t('settings.account.turnOn')}
          </Button>
          {isProtected && (
            <Button
              variant="default"
              onClick={() => {
                setDoing('codes');
              }}
            >
              {t('settings.account.newCodes')}
            </Button>
          )}
          {account.hasTotp && (account.passkeys.length > 0 || !account.mustHaveSecondFactor) && (
            <Button
              variant="default"
              onClick={() => {
                setDoing('remove');
              }}
            >
              {t('settings.account.turnOff')}
            </Button>
          )}
        </div>
      )}
      {doing === 'totp' && <TurnOn onDone={done} />}
      {doing === 'codes' && <Proven path="/api/account/recovery-codes" onDone={done} />}
      {doing === 'remove' && <Proven path="/api/account/totp/remove" onDone={done} />}
    </Part>
  );
}

interface ProvenProps {
  path: string;
  onDone: (codes: string[] | null) => void;
}

function Proven({ path, onDone }: ProvenProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const command = useCommand<{ recoveryCodes?: string[] } | null>((answer) => {
    onDone(answer?.recoveryCodes ?? null);
  });
  return (
    <Form
      submit={t('settings.continue')}
      busy={command.isPending}
      error={command.error}
      onSubmit={() => {
        command.mutate({ path, body: { password } });
      }}
    >
      <PasswordField value={password} error={faultOf(command.error, 'password')} onChange={setPassword} />
    </Form>
  );
}

function TurnOn({ onDone }: { onDone: (codes: string[]) => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const begin = useCommand<{ secret: string; uri: string }>();
  const confirm = useCommand<{ recoveryCodes: string[] }>((answer) => {
    onDone(answer.recoveryCodes);
  });
  if (begin.data === undefined) {
    return (
      <Form
        submit={t('settings.continue')}
        busy={begin.isPending}
        error={begin.error}
        onSubmit={() => {
          begin.mutate({ path: '/api/account/totp', body: { password } });
        }}
      >
        <PasswordField value={password} error={faultOf(begin.error, 'password')} onChange={setPassword} />
      </Form>
    );
  }
  const { secret, uri } = begin.data;
  return (
    <Form
      submit={t('settings.account.confirmCode')}
      busy={confirm.isPending}
      error={confirm.error}
      onSubmit={() => {
        confirm.mutate({ path: '/api/account/totp/confirm', body: { password, secret, code } });
      }}
    >
      <p className={classes.help}>{t('settings.account.scan')}</p>
      <div className={classes.qr}>
        <QRCodeSVG value={uri} size={176} title={t('settings.account.qr')} />
      </div>
      <p className={classes.help}>{t('settings.account.orType')}</p>
      <p className={classes.code}>{secret.match(/.{1,4}/g)?.join(' ')}</p>
      <Field
        label={t('login.code')}
        value={code}
        inputMode="numeric"
        autoComplete="one-time-code"
        error={faultOf(confirm.error, 'code')}
        onChange={setCode}
      />
    </Form>
  );
}
