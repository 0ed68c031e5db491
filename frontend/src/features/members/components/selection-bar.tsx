import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '@/lib/api-client';
import { newCommandKey } from '@/lib/command-key';
import { useMay } from '@/lib/rights';
import { showToast } from '@/lib/toast';
import type { Command } from '../api/member';
import type { Selected } from '../use-selection';
import { ReasonDialog } from './reason-dialog';
import classes from './members-page.module.css';

interface SelectionBarProps {
  selected: Selected;
  onClear: () => void;
}

/** What can be done with those who were ticked, and how many they are. */
export function SelectionBar({ selected, onClear }: SelectionBarProps) {
  const { t } = useTranslation();
  const maySuspend = useMay('members.suspend');
  const [asking, setAsking] = useState(false);
  const suspendAll = useSuspendAll(selected, onClear);
  if (selected.size === 0) {
    return null;
  }
  const copy = () => {
    const addresses = [...selected.values()].map(({ email }) => email).filter((email) => email !== null);
    void navigator.clipboard.writeText(addresses.join('; ')).then(() => {
      showToast(t('selection.copied', { count: addresses.length }));
    });
  };
  return (
    <div className={classes.bar} role="region" aria-label={t('selection.label')} data-testid="selection">
      <span className={classes.barCount}>{t('selection.count', { count: selected.size })}</span>
      <Button variant="default" onClick={copy}>
        {t('selection.copy')}
      </Button>
      {maySuspend && (
        <Button
          variant="default"
          onClick={() => {
            setAsking(true);
          }}
        >
          {t('suspend.open')}
        </Button>
      )}
      <Button variant="subtle" color="gray" onClick={onClear}>
        {t('selection.clear')}
      </Button>
      {asking && (
        <ReasonDialog
          title={t('selection.suspendTitle', { count: selected.size })}
          help={t('suspend.help')}
          label={t('reason.label')}
          suggestions={[t('suspend.debt'), t('suspend.rules')]}
          button={t('suspend.button')}
          tone="deny"
          command={suspendAll}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}

/**
 * One after the other: each is a decision of its own, and what was done before a failure stays done. Trying again goes
 * on with the same keys, so nobody is suspended twice, and who was suspended before is left alone.
 */
function useSuspendAll(selected: Selected, onClear: () => void): Command<string> {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const keys = useRef(new Map<string, string>());
  const keyOf = (meant: string) => {
    const key = keys.current.get(meant) ?? newCommandKey();
    keys.current.set(meant, key);
    return key;
  };
  const suspend = async (reason: string, onDone?: (id: string) => void) => {
    setPending(true);
    setError(null);
    try {
      for (const { id } of [...selected.values()].filter(({ status }) => status !== 'suspended')) {
        const header = { 'Idempotency-Key': keyOf(`${id} ${reason}`) };
        await bodyOf(
          api.POST('/api/members/{id}/suspend', { params: { path: { id }, header }, body: { reason } }),
        );
      }
      // The same again, after somebody resumed them, is something new.
      keys.current.clear();
      showToast(t('selection.suspended', { count: selected.size }));
      onDone?.('');
      onClear();
    } catch (failure) {
      setError(failure as Error);
    } finally {
      setPending(false);
      await client.invalidateQueries({ queryKey: ['members'] });
    }
  };
  return {
    run: (reason, onDone) => void suspend(reason, onDone),
    pending,
    error,
    reset: () => {
      setError(null);
    },
  };
}
