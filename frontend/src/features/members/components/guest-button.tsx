import { Button } from '@mantine/core';
import { IconQrcode, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Dialog } from '@/components/dialog';
import { InlineError } from '@/components/inline-error';
import { useMay } from '@/lib/rights';
import { usePlans, type Member } from '../api/member';
import { useNewCode } from '../api/visitors';
import { VisitorPass } from './visitor-pass';

/** A member who is inside may bring somebody along, as far as their plan allows; a visitor gets a code. */
export function GuestButton({ member }: { member: Member }) {
  const { t } = useTranslation();
  const mayInvite = useMay('memberships.write');
  const mayPrint = useMay('credentials.write');
  const left = useGuestsLeft(member);
  if (member.kind === 'visitor') {
    return mayPrint ? <NewCode member={member} /> : null;
  }
  if (!mayInvite || left === 0 || member.inside.length === 0) {
    return null;
  }
  return (
    <Button
      variant="default"
      component={Link}
      to="/desk/visitor"
      state={{ host: { id: member.id, displayName: member.displayName } }}
      leftSection={<IconUserPlus size={18} stroke={1.75} aria-hidden="true" />}
    >
      {t('visitors.invite')}
    </Button>
  );
}

function useGuestsLeft({ memberships }: Member): number {
  const plans = usePlans();
  return memberships
    .filter(({ started, ended, paid, frozen }) => started && !ended && paid && !frozen)
    .reduce((sum, { planId, guestsInvited }) => {
      const allowed = plans.data?.items.find(({ id }) => id === planId)?.guestsPerPeriod ?? 0;
      return sum + Math.max(0, allowed - guestsInvited);
    }, 0);
}

function NewCode({ member }: { member: Member }) {
  const { t } = useTranslation();
  const code = useNewCode();
  const [isShown, setShown] = useState(false);
  return (
    <>
      <Button
        variant="default"
        loading={code.isPending}
        leftSection={<IconQrcode size={18} stroke={1.75} aria-hidden="true" />}
        onClick={() => {
          setShown(true);
          code.mutate(member.id);
        }}
      >
        {t('visitors.newCode')}
      </Button>
      <InlineError error={code.error} />
      {isShown && code.data !== undefined && (
        <Dialog
          title={t('visitors.pass')}
          onClose={() => {
            setShown(false);
          }}
        >
          <VisitorPass
            name={member.displayName}
            value={code.data.value}
            expiresOn={member.expiresOn}
            hostName={null}
            onDone={() => {
              setShown(false);
            }}
          />
        </Dialog>
      )}
    </>
  );
}
