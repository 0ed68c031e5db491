import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/lib/rights';
import { faultOf, faultOfAll, useCommand, useSites, type Staff } from '../api/commands';
import { useRoleName } from '../use-role-name';
import { deskGrant, draftOf, GrantsField, toRequest } from './grants-field';
import { Field, Form, Secret, Tag } from './parts';
import classes from './settings.module.css';

type Asking = 'grants' | 'disable' | 'second-factor/reset' | 'view-as';

export function StaffRow({ staff }: { staff: Staff }) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const sites = useSites();
  const [open, setOpen] = useState(false);
  const what = staff.grants
    .map(({ role, right, siteId }) => {
      const site = sites.data?.find(({ id }) => id === siteId)?.name;
      return site === undefined ? nameOf(role ?? right ?? '') : `${nameOf(role ?? right ?? '')} (${site})`;
    })
    .join(', ');
  return (
    <li className={classes.item}>
      <div className={classes.grow}>
        <p className={classes.name} title={staff.displayName}>
          {staff.displayName}
        </p>
        <p className={classes.second}>{`${staff.email} · ${what === '' ? t('settings.staff.noRights') : what}`}</p>
      </div>
      {staff.status === 'invited' && <Tag kind="warn">{t('settings.staff.invited')}</Tag>}
      {staff.status === 'disabled' && <Tag kind="deny">{t('settings.staff.disabled')}</Tag>}
      {staff.hasSecondFactor && <Tag kind="grant">{t('settings.staff.protected')}</Tag>}
      {staff.isOwn ? (
        <Tag>{t('settings.staff.you')}</Tag>
      ) : (
        <Button
          variant="default"
          aria-expanded={open}
          aria-label={t('settings.staff.manageOf', { name: staff.displayName })}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {t('settings.staff.manage')}
        </Button>
      )}
      {open && <Manage staff={staff} />}
    </li>
  );
}

function Manage({ staff }: { staff: Staff }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asking | null>(null);
  const mayView = useMay('staff.view_as');
  const link = useCommand<{ link: string }>();
  const plain = useCommand();
  const path = `/api/staff/${staff.id}`;
  const fault = faultOfAll(link.error ?? plain.error);
  const done = () => {
    setAsking(null);
  };
  const ask = (next: Asking) => () => {
    setAsking(asking === next ? null : next);
  };
  return (
    <div className={classes.column} style={{ flexBasis: '100%' }}>
      <div className={classes.actions}>
        <Button variant="default" aria-expanded={asking === 'grants'} onClick={ask('grants')}>
          {t('settings.staff.changeRights')}
        </Button>
        {staff.status !== 'disabled' && (
          <Button
            variant="default"
            loading={link.isPending}
            onClick={() => {
              link.mutate({ path: `${path}/invitation` });
            }}
          >
            {t('settings.staff.newLink')}
          </Button>
        )}
        {staff.hasSecondFactor && (
          <Button variant="default" onClick={ask('second-factor/reset')}>
            {t('settings.staff.resetFactor')}
          </Button>
        )}
        {mayView && staff.status === 'active' && (
          <Button variant="default" onClick={ask('view-as')}>
            {t('settings.staff.viewAs')}
          </Button>
        )}
        {staff.status === 'disabled' ? (
          <Button
            variant="default"
            loading={plain.isPending}
            onClick={() => {
              plain.mutate({ path: `${path}/enable` });
            }}
          >
            {t('settings.staff.enable')}
          </Button>
        ) : (
          <Button variant="default" onClick={ask('disable')}>
            {t('settings.staff.disable')}
          </Button>
        )}
      </div>
      {fault !== null && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
      {link.data !== undefined && <Secret text={link.data.link} help={t('settings.staff.linkHelp')} />}
      {asking === 'grants' && <Grants staff={staff} onDone={done} />}
      {asking !== null && asking !== 'grants' && (
        <WithReason key={asking} staff={staff} verb={asking} onDone={done} />
      )}
    </div>
  );
}

function Grants({ staff, onDone }: { staff: Staff; onDone: () => void }) {
  const { t } = useTranslation();
  const [grants, setGrants] = useState(() => staff.grants.map(draftOf));
  const command = useCommand(onDone);
  return (
    <Form
      submit={t('settings.save')}
      busy={command.isPending}
      error={command.error}
      onSubmit={() => {
        command.mutate({ path: `/api/staff/${staff.id}/grants`, body: { grants: grants.map(toRequest) } });
      }}
    >
      <GrantsField grants={grants.length === 0 ? [deskGrant] : grants} onChange={setGrants} />
    </Form>
  );
}

interface WithReasonProps {
  staff: Staff;
  verb: 'disable' | 'second-factor/reset' | 'view-as';
  onDone: () => void;
}

const reasonWords = {
  disable: { submit: 'settings.staff.disable', help: 'settings.staff.disableHelp' },
  'second-factor/reset': { submit: 'settings.staff.resetFactor', help: 'settings.staff.resetHelp' },
  'view-as': { submit: 'settings.staff.viewAs', help: 'settings.staff.viewAsHelp' },
} as const;

function WithReason({ staff, verb, onDone }: WithReasonProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const command = useCommand(() => {
    onDone();
    if (verb === 'view-as') {
      void client.invalidateQueries();
    }
  });
  const words = reasonWords[verb];
  return (
    <Form
      submit={t(words.submit)}
      busy={command.isPending}
      error={command.error}
      quiet
      onSubmit={() => {
        command.mutate(
          verb === 'view-as'
            ? { path: '/api/auth/view-as', body: { staffId: staff.id, reason } }
            : { path: `/api/staff/${staff.id}/${verb}`, body: { reason } },
        );
      }}
    >
      <p className={classes.help}>{t(words.help)}</p>
      <Field
        label={t('settings.reason')}
        value={reason}
        error={faultOf(command.error, 'reason')}
        onChange={setReason}
      />
    </Form>
  );
}
