import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClub } from '@/lib/club';
import { useAdmit } from '../api/commands';
import type { Member } from '../api/member';
import { ReasonDialog } from './reason-dialog';

/** Letting somebody in whatever the rules say. A person decides, so a person says why. */
export function AdmitDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation();
  const gates = useClub().gates.filter(({ direction }) => direction !== 'out');
  const admit = useAdmit(member.id);
  const [gateId, setGateId] = useState(member.lastAccess?.gateId ?? gates[0]?.id ?? '');
  return (
    <ReasonDialog
      title={t('admit.title', { name: member.displayName })}
      help={t('admit.help')}
      label={t('reason.label')}
      suggestions={[t('admit.paysLater'), t('admit.guest'), t('admit.badgeForgotten')]}
      button={t('admit.button')}
      command={{
        ...admit,
        run: (reason, onDone) => {
          admit.run({ gateId, reason }, onDone);
        },
      }}
      onClose={onClose}
    >
      <NativeSelect
        label={t('admit.gate')}
        value={gateId}
        data={gates.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(event) => {
          setGateId(event.currentTarget.value);
        }}
      />
    </ReasonDialog>
  );
}
