import { Button, NativeSelect, PasswordInput, TextInput, type NativeSelectProps } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { ErrorPanel } from '@/components/error-panel';
import { Skeleton } from '@/components/skeleton';
import { ApiError } from '@/lib/api-client';
import { faultOfAll } from '../api/commands';
import classes from './settings.module.css';

/** A titled part of a page; what it shows has skeletons while it comes and says so when it does not. */
export function Part({ title, testId, children }: { title: string; testId: string; children: ReactNode }) {
  return (
    <Card title={title} testId={testId}>
      <div className={classes.body}>{children}</div>
    </Card>
  );
}

interface LoadedProps<T> {
  query: {
    data: T | undefined;
    isError: boolean;
    error: Error | null;
    refetch: () => unknown;
    /** Where the browser has no network nothing is asked, and nothing fails. */
    isPaused?: boolean;
  };
  /** About how high it will be, where something stands below it that must not jump. */
  height?: number;
  children: (data: T) => ReactNode;
}

export function Loaded<T>({ query, height, children }: LoadedProps<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) {
    return children(query.data);
  }
  if (query.isPaused === true) {
    return <p className={classes.help}>{t('error.offline')}</p>;
  }
  return query.isError ? (
    <ErrorPanel
      title={t('settings.notLoaded')}
      help={t('settings.notLoadedHelp')}
      code={query.error instanceof ApiError ? query.error.code : 'unexpected'}
      nextTryAt={null}
      onRetry={() => void query.refetch()}
    />
  ) : (
    <div className={classes.list} style={{ minHeight: height }}>
      {[0, 1, 2].map((row) => (
        <div key={row} className={classes.item}>
          <Skeleton width="40%" height={20} />
        </div>
      ))}
    </div>
  );
}

export function Tag({ kind, children }: { kind?: 'grant' | 'warn' | 'deny'; children: ReactNode }) {
  return (
    <span className={classes.tag} data-kind={kind}>
      {children}
    </span>
  );
}

interface FormProps {
  onSubmit: () => void;
  submit: string;
  busy: boolean;
  error: Error | null;
  quiet?: boolean;
  children: ReactNode;
}

/** Ctrl Enter saves as well; what the server says of the whole stands beside the button. */
export function Form({ onSubmit, submit, busy, error, quiet = false, children }: FormProps) {
  const fault = faultOfAll(error);
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!busy) {
      onSubmit();
    }
  };
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={send}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && event.ctrlKey) {
          send(event);
        }
      }}
    >
      {children}
      {fault !== null && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={classes.actions}>
        <Button type="submit" loading={busy} variant={quiet ? 'default' : 'filled'}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | null;
  description?: string;
  type?: string;
  autoComplete?: string;
  inputMode?: 'numeric' | 'decimal' | 'text';
}

export function Field({ onChange, error, ...rest }: FieldProps) {
  return (
    <TextInput
      {...rest}
      error={error ?? undefined}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}

interface PasswordFieldProps {
  value: string;
  error: string | null;
  onChange: (value: string) => void;
}

/** Whoever changes what they sign in with shows that they know the password. */
export function PasswordField({ value, error, onChange }: PasswordFieldProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={t('settings.account.proof')}
      autoComplete="current-password"
      value={value}
      error={error}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}

type ChoiceProps = Omit<NativeSelectProps, 'onChange'> & { onChange: (value: string) => void };

export function Choice({ onChange, ...rest }: ChoiceProps) {
  return (
    <NativeSelect
      {...rest}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}

/** Something that is shown once and must be carried elsewhere. */
export function Secret({ text, help }: { text: string; help: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  return (
    <div className={classes.secret} role="status">
      <p className={classes.help}>{help}</p>
      <p className={classes.code}>{text}</p>
      <div className={classes.actions}>
        <Button
          variant="default"
          leftSection={copied ? <IconCheck size={18} stroke={1.75} /> : <IconCopy size={18} stroke={1.75} />}
          onClick={() => {
            // Only offered in secure contexts; elsewhere the text can still be selected.
            void (navigator.clipboard as Clipboard | undefined)?.writeText(text).then(() => {
              setCopied(true);
            });
          }}
        >
          {copied ? t('settings.copied') : t('settings.copy')}
        </Button>
      </div>
    </div>
  );
}

interface ProgressProps {
  label: string;
  progress: { done: number; total: number } | null;
}

/** How far something long is; before anything is known of it, that it goes on. */
export function Progress({ label, progress }: ProgressProps) {
  const { t } = useTranslation();
  const known = progress !== null && progress.total > 0;
  return (
    <div className={classes.progress} data-testid="progress">
      <progress
        aria-label={label}
        max={known ? progress.total : undefined}
        value={known ? progress.done : undefined}
      />
      <span className={classes.second}>
        {known ? t('settings.progress', { done: progress.done, total: progress.total }) : label}
      </span>
    </div>
  );
}
