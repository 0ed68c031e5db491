import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { useAlertAction, type AlertItem } from '../api/alerts';
import type { AlertKind } from '../alert-words';
import classes from './alerts.module.css';

const usual = ['checked', 'delivery', 'mistake', 'repaired'] as const;

/** An alert ends with a word on what it was: one press for the usual ones. */
export function ResolveDialog({ alert, onClose }: { alert: AlertItem; onClose: () => void }) {
  const { t } = useTranslation();
  const action = useAlertAction(alert);
  const [reason, setReason] = useState('');
  const end = () => {
    if (reason.trim() !== '') {
      action.mutate({ kind: 'resolve', reason: reason.trim() }, { onSuccess: onClose });
    }
  };
  return (
    <Dialog title={t('alerts.endTitle', { kind: t(`alerts.kind.${alert.kind as AlertKind}`) })} onClose={onClose}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          end();
        }}
      >
        <div className={classes.usual} role="group" aria-label={t('alerts.usual')}>
          {usual.map((word) => (
            <Button
              key={word}
              variant="default"
              size="compact-md"
              onClick={() => {
                setReason(t(`alerts.reason.${word}`));
              }}
            >
              {t(`alerts.reason.${word}`)}
            </Button>
          ))}
        </div>
        <Textarea
          label={t('alerts.reasonLabel')}
          value={reason}
          maxLength={2_000}
          autosize
          minRows={2}
          data-autofocus
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
        {action.isError && (
          <p role="alert" className={classes.failed}>
            {t('alerts.actionFailed')}
          </p>
        )}
        <Button type="submit" loading={action.isPending} disabled={reason.trim() === ''}>
          {t('alerts.endNow')}
        </Button>
      </form>
    </Dialog>
  );
}
