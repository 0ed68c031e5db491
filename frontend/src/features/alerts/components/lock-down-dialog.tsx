import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chips } from '@/components/chips';
import { Dialog } from '@/components/dialog';
import { InlineError } from '@/components/inline-error';
import { useSiteOrder } from '../api/emergency';
import classes from './lock-down.module.css';

const words = { lock: ['threat', 'drill'], 'end-lock': ['over', 'drillOver'] } as const;

interface LockDownDialogProps {
  sites: readonly { id: string; name: string }[];
  isLifting?: boolean;
  onClose: () => void;
}

/** Asks once more before a whole site is locked or let decide again; the reason stays in the log. */
export function LockDownDialog({ sites, isLifting = false, onClose }: LockDownDialogProps) {
  const { t } = useTranslation();
  const [siteId, setSiteId] = useState(sites[0]?.id ?? '');
  const [reason, setReason] = useState('');
  const keep = useRef<HTMLButtonElement>(null);
  // Once the dialog is open, which puts the focus elsewhere: Enter must not lock anything by itself.
  useEffect(() => {
    keep.current?.focus();
  }, []);
  const order = isLifting ? 'end-lock' : 'lock';
  const action = useSiteOrder(siteId);
  const name = sites.find(({ id }) => id === siteId)?.name ?? '';
  return (
    <Dialog
      title={t(isLifting ? 'lockDown.liftTitle' : 'lockDown.titleOf', { name })}
      onClose={onClose}
      testId="lock-down"
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '') {
            action.mutate({ order, reason: reason.trim() }, { onSuccess: onClose });
          }
        }}
      >
        <p className={classes.help}>{t(isLifting ? 'lockDown.liftHelp' : 'lockDown.help', { name })}</p>
        {sites.length > 1 && (
          <NativeSelect
            label={t('lockDown.site')}
            value={siteId}
            data={sites.map((site) => ({ value: site.id, label: site.name }))}
            onChange={(event) => {
              setSiteId(event.currentTarget.value);
              action.reset();
            }}
          />
        )}
        <Reason words={words[order]} reason={reason} onReason={setReason} />
        <InlineError error={action.error} />
        <div className={classes.buttons}>
          <Button
            type="submit"
            variant="outline"
            color={isLifting ? undefined : 'var(--sc-deny-text)'}
            loading={action.isPending}
            disabled={reason.trim() === ''}
          >
            {t(isLifting ? 'lockDown.undo' : 'lockDown.do', { name })}
          </Button>
          <Button ref={keep} variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ReasonProps {
  words: readonly string[];
  reason: string;
  onReason: (reason: string) => void;
}

function Reason({ words: usual, reason, onReason }: ReasonProps) {
  const { t } = useTranslation();
  return (
    <>
      <Chips
        label={t('lockDown.usual')}
        chips={usual.map((word) => {
          const label = t(`evacuation.reason.${word as 'drill'}`);
          return {
            id: word,
            label,
            on: reason === label,
            toggle: () => {
              onReason(label);
            },
          };
        })}
      />
      <TextInput
        label={t('lockDown.reason')}
        value={reason}
        maxLength={2_000}
        onChange={(event) => {
          onReason(event.currentTarget.value);
        }}
      />
    </>
  );
}
