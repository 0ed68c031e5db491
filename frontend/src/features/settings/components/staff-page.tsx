import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf, useCommand, useStaff } from '../api/commands';
import { deskGrant, GrantsField, toRequest } from './grants-field';
import { Field, Form, Loaded, Part, Secret } from './parts';
import { StaffRow } from './staff-row';
import classes from './settings.module.css';

export function StaffPage() {
  const { t } = useTranslation();
  const staff = useStaff();
  const [inviting, setInviting] = useState(false);
  return (
    <div className={classes.column}>
      <Part title={t('settings.staff.title')} testId="staff">
        <Loaded query={staff}>
          {(all) => (
            <ul className={classes.list}>
              {all.map((one) => (
                <StaffRow key={one.id} staff={one} />
              ))}
            </ul>
          )}
        </Loaded>
        {!inviting && (
          <div className={classes.actions}>
            <Button
              onClick={() => {
                setInviting(true);
              }}
            >
              {t('settings.staff.invite')}
            </Button>
          </div>
        )}
      </Part>
      {inviting && (
        <Part title={t('settings.staff.invite')} testId="invite">
          <Invite />
        </Part>
      )}
    </div>
  );
}

function Invite() {
  const { t } = useTranslation();
  const empty = { displayName: '', email: '', grants: [deskGrant] };
  const [values, setValues] = useState(empty);
  const command = useCommand<{ link: string }>(() => {
    setValues(empty);
  });
  return (
    <>
      <p className={classes.help}>{t('settings.staff.inviteHelp')}</p>
      {command.data !== undefined && <Secret text={command.data.link} help={t('settings.staff.linkHelp')} />}
      <Form
        submit={t('settings.staff.sendInvite')}
        busy={command.isPending}
        error={command.error}
        onSubmit={() => {
          command.mutate({ path: '/api/staff', body: { ...values, grants: values.grants.map(toRequest) } });
        }}
      >
        <Field
          label={t('settings.name')}
          autoComplete="off"
          value={values.displayName}
          error={faultOf(command.error, 'displayName')}
          onChange={(displayName) => {
            setValues({ ...values, displayName });
          }}
        />
        <Field
          label={t('login.email')}
          type="email"
          autoComplete="off"
          value={values.email}
          error={faultOf(command.error, 'email')}
          onChange={(email) => {
            setValues({ ...values, email });
          }}
        />
        <GrantsField
          grants={values.grants}
          onChange={(grants) => {
            setValues({ ...values, grants });
          }}
        />
      </Form>
    </>
  );
}
