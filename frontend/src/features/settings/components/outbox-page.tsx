import { Button } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { StatePanel } from '@/components/state-panel';
import { api, bodyOf, type Answer } from '@/lib/api-client';
import { useLanguage } from '@/lib/use-language';
import { faultOfAll, useCommand } from '../api/commands';
import { useWhen } from '../use-when';
import { Loaded, Part, Tag } from './parts';
import own from './outbox.module.css';
import classes from './settings.module.css';

type Message = Answer<'MessageItem'>;
const templates = {
  sign_in: 'settings.outbox.templates.sign_in',
  staff_invitation: 'settings.outbox.templates.staff_invitation',
} as const;
const refreshMilliseconds = 5_000;
const kinds: Record<string, 'grant' | 'warn' | 'deny' | undefined> = {
  sent: 'grant',
  delayed: 'warn',
  unknown: 'warn',
  failed: 'deny',
};

/** What goes out by mail: where each stands and what comes next. Without a mail server, what it says as well. */
export function OutboxPage() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<string | null>(null);
  const outbox = useQuery({
    queryKey: ['settings', 'outbox'],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/outbox', { signal })),
    refetchInterval: refreshMilliseconds,
  });
  return (
    <div className={classes.column}>
      <Part title={t('settings.outbox.title')} testId="outbox">
        <Loaded query={outbox}>
          {({ items, simulated }) => (
            <>
              <p className={classes.help}>{simulated ? t('settings.outbox.simulated') : t('settings.outbox.help')}</p>
              {items.length === 0 ? (
                <StatePanel icon={IconMailOff} title={t('settings.outbox.none')} />
              ) : (
                <ul className={classes.list}>
                  {items.map((message) => (
                    <MessageRow
                      key={message.id}
                      message={message}
                      onRead={
                        simulated
                          ? () => {
                              setOpened(message.id);
                            }
                          : null
                      }
                    />
                  ))}
                </ul>
              )}
            </>
          )}
        </Loaded>
      </Part>
      {opened !== null && (
        <Mail
          id={opened}
          onClose={() => {
            setOpened(null);
          }}
        />
      )}
    </div>
  );
}

interface MessageRowProps {
  message: Message;
  onRead: (() => void) | null;
}

function MessageRow({ message, onRead }: MessageRowProps) {
  const { t } = useTranslation();
  const when = useWhen();
  const language = useLanguage();
  const resend = useCommand();
  const fault = faultOfAll(resend.error);
  const to = message.to ?? t('settings.outbox.erased');
  return (
    <li className={classes.item}>
      <div className={classes.grow}>
        <p className={classes.name}>{to}</p>
        <p className={classes.second}>
          {message.template in templates ? t(templates[message.template as 'sign_in']) : t('settings.outbox.mail')}
          {` · ${when(message.queuedAt)}`}
        </p>
        {message.status !== 'sent' && (
          <p className={classes.second}>
            {message.text[language]}
            {message.nextAt !== null && ` ${t('settings.outbox.next', { when: when(message.nextAt) })}`}
            {message.code !== null && ` (${message.code})`}
          </p>
        )}
        {fault !== null && (
          <p className={classes.fault} role="alert">
            {fault}
          </p>
        )}
      </div>
      <Tag kind={kinds[message.status]}>
        {t(`settings.outbox.states.${message.status as 'sent' | 'failed'}`)}
      </Tag>
      {message.canResend && (
        <Button
          variant="default"
          loading={resend.isPending}
          aria-label={t('settings.outbox.resendTo', { to })}
          onClick={() => {
            resend.mutate({ path: `/api/outbox/${message.id}/resend` });
          }}
        >
          {t('settings.outbox.resend')}
        </Button>
      )}
      {onRead !== null && message.status === 'sent' && (
        <Button variant="default" aria-label={t('settings.outbox.readOf', { to })} onClick={onRead}>
          {t('settings.outbox.read')}
        </Button>
      )}
    </li>
  );
}

function Mail({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const mail = useQuery({
    queryKey: ['settings', 'mail', id],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/outbox/{id}', { params: { path: { id } }, signal })),
    retry: false,
  });
  return (
    <Dialog title={mail.data?.subject ?? t('settings.outbox.mail')} testId="mail" onClose={onClose}>
      {mail.isError && <p className={classes.help}>{t('settings.outbox.gone')}</p>}
      {mail.data !== undefined && (
        <>
          <p className={classes.second}>{mail.data.to}</p>
          <p className={own.mail}>
            <Linked text={mail.data.text} />
          </p>
        </>
      )}
    </Dialog>
  );
}

/** Where a mail leads can be followed from here as from a mail program. */
function Linked({ text }: { text: string }) {
  return text.split(/(https?:\/\/\S+)/).map((part, index) =>
    part.startsWith('http') ? (
      <a key={index} href={part} target="_blank" rel="noreferrer">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
