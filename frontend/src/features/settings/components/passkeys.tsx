import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newCommandKey } from '@/lib/command-key';
import { canUsePasskeys, isThereAlready, makePasskey, wasPutAside } from '@/lib/passkey';
import { request } from '@/lib/api-client';
import { faultOf, useCommand, type Account } from '../api/commands';
import { useWhen } from '../use-when';
import { Field, Form, Part, PasswordField, Secret } from './parts';
import classes from './settings.module.css';

type Passkey = Account['passkeys'][number];

/** Passkeys stand for password and code at once; what they are is kept by the device, not by the club. */
export function Passkeys({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  return (
    <Part title={t('settings.account.passkeys')} testId="passkeys">
      <p className={classes.help}>{t('settings.account.passkeysHelp')}</p>
      {account.passkeys.length === 0 ? (
        <p className={classes.second}>{t('settings.account.noPasskeys')}</p>
      ) : (
        <ul className={classes.list}>
          {account.passkeys.map((passkey) => (
            <PasskeyRow key={passkey.key} passkey={passkey} />
          ))}
        </ul>
      )}
      {codes !== null && <Secret text={codes.join('  ')} help={t('settings.account.codesHelp')} />}
      {!canUsePasskeys() && <p className={classes.help}>{t('settings.account.passkeysAway')}</p>}
      {canUsePasskeys() && !adding && (
        <div className={classes.actions}>
          <Button
            variant="default"
            onClick={() => {
              setAdding(true);
            }}
          >
            {t('settings.account.addPasskey')}
          </Button>
        </div>
      )}
      {adding && (
        <AddPasskey
          onDone={(shown) => {
            setAdding(false);
            setCodes(shown);
          }}
        />
      )}
    </Part>
  );
}

interface Added {
  recoveryCodes: string[] | null;
}

/** The question, the device's answer, and the passkey: one press for whoever adds it. */
function useAdd(onDone: (codes: string[] | null) => void) {
  const client = useQueryClient();
  const key = useRef('');
  return useMutation({
    mutationFn: async ({ name, password }: { name: string; password: string }) => {
      const asked = (await request('/api/account/passkeys/question', { method: 'POST', body: { password } })) as {
        ticket: string;
        options: string;
      };
      const credential = await makePasskey(asked.options);
      key.current = newCommandKey();
      return (await request('/api/account/passkeys', {
        method: 'POST',
        body: { ticket: asked.ticket, credential, name },
        key: key.current,
      })) as Added;
    },
    onSuccess: async ({ recoveryCodes }) => {
      onDone(recoveryCodes);
      await client.invalidateQueries({ queryKey: ['settings'] });
      await client.invalidateQueries({ queryKey: ['session'] });
    },
  });
}

function AddPasskey({ onDone }: { onDone: (codes: string[] | null) => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const add = useAdd(onDone);
  const aside = wasPutAside(add.error);
  const there = isThereAlready(add.error);
  return (
    <Form
      submit={t('settings.continue')}
      busy={add.isPending}
      error={aside || there ? null : add.error}
      onSubmit={() => {
        add.mutate({ name, password });
      }}
    >
      <Field
        label={t('settings.account.passkeyName')}
        description={t('settings.account.passkeyNameHelp')}
        value={name}
        error={faultOf(add.error, 'name')}
        onChange={setName}
      />
      <PasswordField value={password} error={faultOf(add.error, 'password')} onChange={setPassword} />
      {(aside || there) && (
        <p className={classes.fault} role="alert">
          {aside ? t('settings.account.passkeyAside') : t('settings.account.passkeyThere')}
        </p>
      )}
    </Form>
  );
}

function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const { t } = useTranslation();
  const when = useWhen();
  const [removing, setRemoving] = useState(false);
  const [password, setPassword] = useState('');
  const command = useCommand();
  return (
    <li className={classes.item}>
      <div className={classes.grow}>
        <p className={classes.name}>{passkey.name}</p>
        <p className={classes.second}>{t('settings.account.passkeySince', { when: when(passkey.addedAt) })}</p>
        {removing && (
          <Form
            submit={t('settings.account.removePasskey')}
            busy={command.isPending}
            error={command.error}
            quiet
            onSubmit={() => {
              command.mutate({ path: `/api/account/passkeys/${passkey.key}/remove`, body: { password } });
            }}
          >
            <PasswordField value={password} error={faultOf(command.error, 'password')} onChange={setPassword} />
          </Form>
        )}
      </div>
      {!removing && (
        <Button
          variant="default"
          aria-label={t('settings.account.removePasskeyOf', { name: passkey.name })}
          onClick={() => {
            setRemoving(true);
          }}
        >
          {t('settings.account.removePasskey')}
        </Button>
      )}
    </li>
  );
}
