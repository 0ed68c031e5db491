import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chips } from '@/components/chips';
import { Dialog } from '@/components/dialog';
import { InlineError } from '@/components/inline-error';
import { useDoorOrder, useOpenDoor } from '../api/open-door';
import { useLiveView } from '../live-context';
import classes from './open-door.module.css';

const icons = {
  waiting: IconClock,
  done: IconCheck,
  refused: IconAlertTriangle,
  expired: IconAlertTriangle,
};
const usual = ['delivery', 'visitor', 'technician', 'forgotten'] as const;

/** Opens one door, once, with a reason that stays; and says what the door made of it. */
export function OpenDoorDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { state } = useLiveView();
  const gates = (state?.gates ?? []).filter((gate) => gate.status !== 'never');
  const several = (state?.sites.length ?? 0) > 1;
  const [gateId, setGateId] = useState(gates[0]?.id ?? '');
  const [reason, setReason] = useState('');
  const open = useOpenDoor();
  const gate = gates.find((each) => each.id === gateId);
  return (
    <Dialog title={t('openDoor.title')} onClose={onClose} testId="open-door">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== '' && gateId !== '') {
            open.mutate({ gateId, reason: reason.trim() });
          }
        }}
      >
        <NativeSelect
          label={t('openDoor.gate')}
          value={gateId}
          data={gates.map(({ id, name, siteId }) => ({
            value: id,
            label: several
              ? [name, state?.sites.find((site) => site.id === siteId)?.name].filter(Boolean).join(', ')
              : name,
          }))}
          onChange={(event) => {
            setGateId(event.currentTarget.value);
            open.reset();
          }}
        />
        <Chips
          label={t('openDoor.usual')}
          chips={usual.map((word) => ({
            id: word,
            label: t(`openDoor.${word}`),
            on: reason === t(`openDoor.${word}`),
            toggle: () => {
              setReason(t(`openDoor.${word}`));
            },
          }))}
        />
        <TextInput
          label={t('openDoor.reason')}
          value={reason}
          maxLength={2_000}
          data-autofocus
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
        <InlineError error={open.error} />
        {open.data !== undefined && <Said gateId={gateId} orderId={open.data.id} name={gate?.name ?? ''} />}
        <Button type="submit" loading={open.isPending} disabled={reason.trim() === '' || gateId === ''}>
          {t('openDoor.open', { name: gate?.name ?? '' })}
        </Button>
      </form>
    </Dialog>
  );
}

function Said({ gateId, orderId, name }: { gateId: string; orderId: string; name: string }) {
  const { t } = useTranslation();
  const order = useDoorOrder(gateId, orderId);
  const said = (order.data?.state ?? 'waiting') as 'waiting' | 'done' | 'refused' | 'expired';
  const SaidIcon = icons[said];
  return (
    <p role="status" className={classes.said} data-said={said}>
      <SaidIcon size={20} stroke={2} aria-hidden="true" />
      {t(`openDoor.said.${said}`, { name })}
    </p>
  );
}
