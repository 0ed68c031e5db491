import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/lib/api-client';
import { useNow } from '@/lib/use-now';
import classes from './log-in-page.module.css';

/** What is wrong with no field: the server is away, or asks for patience. */
export function LogInFault({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  const now = useNow(1_000);
  const [since] = useState(now);
  const { code, retryAfterSeconds } =
    error instanceof ApiError ? error : { code: 'unexpected', retryAfterSeconds: null };
  const wait = Math.max(0, Math.ceil((retryAfterSeconds ?? 0) - (now - since) / 1_000));
  const words: Record<string, () => string> = {
    too_many_attempts: () => (wait > 0 ? t('login.tooMany', { count: wait }) : t('login.tooManyOver')),
    passkey_refused: () => t('login.passkeyRefused'),
    unreachable: () => t('login.unreachable'),
  };
  return (
    <div role="alert" className={classes.fault}>
      <IconAlertTriangle size={20} stroke={1.75} aria-hidden="true" />
      <div>
        <p aria-live="off">{words[code]?.() ?? t('login.failed')}</p>
        <p className={classes.faultCode}>{t('error.code', { code })}</p>
      </div>
    </div>
  );
}
