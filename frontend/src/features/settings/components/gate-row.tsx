import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOfAll, useCommand, type Gate, type Zone } from '../api/commands';
import { useWhen } from '../use-when';
import { GateForm } from './gate-form';
import { Secret, Tag } from './parts';
import { RowChange } from './row-change';
import classes from './settings.module.css';

export function GateRow({ gate, zones }: { gate: Gate; zones: Zone[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const zone = zones.find(({ id }) => id === gate.zoneId)?.name ?? '';
  const words = [zone, t(`settings.places.direction.${gate.direction}`)];
  if (gate.confirmsPassage) {
    words.push(t('settings.places.confirms'));
  }
  return (
    <li className={classes.item}>
      <div className={classes.grow}>
        <p className={classes.name}>{gate.name}</p>
        <p className={classes.second}>{words.join(' · ')}</p>
      </div>
      {gate.disabled && <Tag kind="warn">{t('settings.places.disabled')}</Tag>}
      <Button
        variant="default"
        aria-expanded={open}
        aria-label={t('settings.staff.manageOf', { name: gate.name })}
        onClick={() => {
          setOpen(!open);
        }}
      >
        {t('settings.staff.manage')}
      </Button>
      <RowChange name={gate.name} form={(onDone) => <GateForm gate={gate} zones={zones} onDone={onDone} />} />
      {open && <Manage gate={gate} />}
    </li>
  );
}

interface EnrolmentCode {
  code: string;
  expiresAt: string;
}

/** A code for whoever installs a box, and one press against a box that was stolen. */
function Manage({ gate }: { gate: Gate }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const enrolment = useCommand<EnrolmentCode>();
  const replace = useCommand<{ key: string }>();
  const state = useCommand();
  const path = `/api/gates/${gate.id}`;
  const verb = gate.disabled ? 'enable' : 'disable';
  const close = () => {
    setAsking(false);
  };
  const fault = faultOfAll(enrolment.error ?? replace.error ?? state.error);
  return (
    <div className={classes.column} style={{ flexBasis: '100%' }}>
      <div className={classes.actions}>
        <Button
          variant="default"
          loading={enrolment.isPending}
          onClick={() => {
            replace.reset();
            enrolment.mutate({ path: `${path}/enrolment` });
          }}
        >
          {t('settings.places.makeCode')}
        </Button>
        <Button
          variant="default"
          loading={state.isPending}
          onClick={() => {
            state.mutate({ path: `${path}/${verb}` });
          }}
        >
          {t(`settings.places.${verb}`)}
        </Button>
        <Button
          variant="default"
          aria-expanded={asking}
          onClick={() => {
            setAsking(!asking);
          }}
        >
          {t('settings.places.shutOut')}
        </Button>
      </div>
      <p className={classes.help}>{t('settings.places.disableHelp')}</p>
      {asking && (
        <AskFirst
          name={gate.name}
          busy={replace.isPending}
          onKeep={close}
          onShutOut={() => {
            enrolment.reset();
            replace.mutate({ path: `${path}/key` }, { onSuccess: close });
          }}
        />
      )}
      {enrolment.data !== undefined && <CodeShown {...enrolment.data} />}
      {replace.data !== undefined && <Secret text={replace.data.key} help={t('settings.places.shutOutDone')} />}
      {fault !== null && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

function CodeShown({ code, expiresAt }: EnrolmentCode) {
  const { t } = useTranslation();
  const when = useWhen();
  return <Secret text={code} help={t('settings.places.codeHelp', { until: when(expiresAt) })} />;
}

interface AskFirstProps {
  name: string;
  busy: boolean;
  onShutOut: () => void;
  onKeep: () => void;
}

function AskFirst({ name, busy, onShutOut, onKeep }: AskFirstProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.secret}>
      <p className={classes.help}>{t('settings.places.shutOutHelp', { name })}</p>
      <div className={classes.actions}>
        <Button variant="outline" color="var(--sc-deny-text)" loading={busy} onClick={onShutOut}>
          {t('settings.places.shutOutNow')}
        </Button>
        <Button variant="default" onClick={onKeep}>
          {t('settings.places.keep')}
        </Button>
      </div>
    </div>
  );
}
