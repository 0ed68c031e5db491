import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/lib/api-client';
import classes from './inline-error.module.css';

/** What did not work, beside its cause, until it is solved. */
export function InlineError({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  if (error === null) {
    return null;
  }
  const { code, message } = error instanceof ApiError ? error : { code: 'unexpected', message: '' };
  const words = code === 'unreachable' ? t('error.unreachable') : message || t('error.failed');
  return (
    <p role="alert" className={classes.error}>
      <IconAlertTriangle size={20} stroke={1.75} aria-hidden="true" />
      <span>
        {words} <span className={classes.code}>{t('error.code', { code })}</span>
      </span>
    </p>
  );
}
