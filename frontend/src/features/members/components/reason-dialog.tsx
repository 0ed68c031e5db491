import { Button, Textarea } from '@mantine/core';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { InlineError } from '@/components/inline-error';
import { useResume, useSuspend } from '../api/commands';
import type { Command, Member } from '../api/member';
import classes from './verdict-band.module.css';

interface ReasonDialogProps {
  title: string;
  help: string;
  label: string;
  suggestions: readonly string[];
  button: string;
  tone?: 'act' | 'deny';
  command: Command<string>;
  onClose: () => void;
  children?: ReactNode;
}

/** Something that needs a reason: it stays in the person's history. Ctrl Enter does it. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, help, label, suggestions, button, tone = 'act', command, onClose, children } = props;
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const missing = reason.trim() === '';
  const run = () => {
    setChecked(true);
    if (!missing) {
      command.run(reason.trim(), onClose);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    }
  };
  return (
    <Dialog title={title} onClose={onClose} testId="reason">
      <div className={classes.form} onKeyDown={onKeyDown}>
        <p className={classes.nextHelp}>{help}</p>
        {children}
        <div className={classes.chips}>
          {suggestions.map((each) => (
            <Button
              key={each}
              variant="default"
              size="xs"
              radius="xl"
              onClick={() => {
                setReason(each);
              }}
            >
              {each}
            </Button>
          ))}
        </div>
        <Textarea
          label={label}
          autoFocus
          rows={2}
          maxLength={2000}
          value={reason}
          error={checked && missing && t('reason.missing')}
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
        <InlineError error={command.error} />
        <div className={classes.buttons}>
          <Button
            variant={tone === 'deny' ? 'outline' : 'filled'}
            color={tone === 'deny' ? 'var(--sc-deny-text)' : undefined}
            loading={command.pending}
            onClick={run}
          >
            {button}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

export function ResumeDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ReasonDialog
      title={t('resume.title', { name: member.displayName })}
      help={t('resume.help')}
      label={t('reason.label')}
      suggestions={[t('resume.settled'), t('resume.mistake')]}
      button={t('next.resume')}
      command={useResume(member.id)}
      onClose={onClose}
    />
  );
}

export function SuspendDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <ReasonDialog
      title={t('suspend.title', { name: member.displayName })}
      help={t('suspend.help')}
      label={t('reason.label')}
      suggestions={[t('suspend.debt'), t('suspend.rules')]}
      button={t('suspend.button')}
      tone="deny"
      command={useSuspend(member.id)}
      onClose={onClose}
    />
  );
}
