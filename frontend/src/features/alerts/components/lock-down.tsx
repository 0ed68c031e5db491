import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClub } from '@/lib/club';
import { useMay } from '@/lib/rights';
import { formatClock } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useLockDowns, type LockDown } from '../api/emergency';
import { DoorsLeft } from './doors-left';
import { LockDownDialog } from './lock-down-dialog';
import classes from './lock-down.module.css';

/** Locks a site from the board, for those who may. */
export function LockDownButton() {
  const { t } = useTranslation();
  const { sites, connection } = useClub();
  const may = useMay('sites.lock_down');
  const [isAsking, setAsking] = useState(false);
  if (!may) {
    return null;
  }
  return (
    <>
      <Button
        variant="default"
        disabled={connection.kind === 'lost' || sites.length === 0}
        leftSection={<IconLock size={20} stroke={1.75} aria-hidden="true" />}
        onClick={() => {
          setAsking(true);
        }}
      >
        {t('lockDown.button')}
      </Button>
      {isAsking && (
        <LockDownDialog
          sites={sites}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

/** Says which sites are locked, since when and why, as long as they are; and how to end it. */
export function LockDownBanner() {
  const { sites } = useClub();
  const may = useMay('sites.lock_down');
  return may ? <Locked siteIds={sites.map(({ id }) => id)} /> : null;
}

function Locked({ siteIds }: { siteIds: readonly string[] }) {
  return useLockDowns(siteIds)
    .filter(({ kind }) => kind === 'lock_down')
    .map((lockDown) => <OneLocked key={lockDown.siteId} lockDown={lockDown} />);
}

function OneLocked({ lockDown }: { lockDown: LockDown }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sites, timeZone: home } = useClub();
  const [isLifting, setLifting] = useState(false);
  const site = sites.find(({ id }) => id === lockDown.siteId);
  const timeZone = site?.timeZone ?? home;
  const done = lockDown.gates.filter((gate) => gate.state === 'done').length;
  return (
    <section
      className={classes.banner}
      aria-label={t('lockDown.banner', { name: lockDown.siteName })}
      data-testid="locked"
    >
      <IconLock size={24} stroke={2} aria-hidden="true" />
      <div className={classes.words}>
        <p role="status">
          <strong>{t('lockDown.banner', { name: lockDown.siteName })}</strong>{' '}
          {t('evacuation.lockDown.doors', { count: done, all: lockDown.gates.length })}
        </p>
        {lockDown.since !== null && (
          <p className={classes.since}>
            {t('evacuation.since', {
              time: formatClock(Date.parse(lockDown.since), timeZone, language),
              name: lockDown.operator ?? t('evacuation.somebody'),
              reason: lockDown.reason ?? '',
            })}
          </p>
        )}
        <DoorsLeft gates={lockDown.gates} timeZone={timeZone} />
      </div>
      <Button
        variant="default"
        onClick={() => {
          setLifting(true);
        }}
      >
        {t('lockDown.lift')}
      </Button>
      {isLifting && (
        <LockDownDialog
          sites={[{ id: lockDown.siteId, name: lockDown.siteName }]}
          isLifting
          onClose={() => {
            setLifting(false);
          }}
        />
      )}
    </section>
  );
}
