import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf, useCommand, useRoles, type Role } from '../api/commands';
import { useRoleName } from '../use-role-name';
import { Field, Form, Loaded, Part, Tag } from './parts';
import classes from './settings.module.css';

export function RolesPage() {
  const { t } = useTranslation();
  const roles = useRoles();
  return (
    <div className={classes.column}>
      <Part title={t('settings.roles.title')} testId="roles">
        <p className={classes.help}>{t('settings.roles.help')}</p>
        <Loaded query={roles} height={420}>
          {({ items, rights }) => (
            <ul className={classes.list}>
              {items.map((role) => (
                <RoleRow key={role.id} role={role} rights={rights} />
              ))}
            </ul>
          )}
        </Loaded>
      </Part>
      <Part title={t('settings.roles.new')} testId="new-role">
        <Loaded query={roles}>{({ rights }) => <RoleForm role={null} rights={rights} />}</Loaded>
      </Part>
    </div>
  );
}

function RoleRow({ role, rights }: { role: Role; rights: string[] }) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const [open, setOpen] = useState(false);
  return (
    <li className={classes.item}>
      <div className={classes.grow}>
        <p className={classes.name}>{nameOf(role.id)}</p>
        <p className={classes.second}>
          {role.rights
            .filter((right) => rights.includes(right))
            .map(nameOf)
            .join(', ')}
        </p>
      </div>
      {role.isBuiltIn ? (
        <Tag>{t('settings.roles.builtIn')}</Tag>
      ) : (
        <Button
          variant="default"
          aria-expanded={open}
          aria-label={t('settings.roles.changeOf', { name: nameOf(role.id) })}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {t('settings.roles.change')}
        </Button>
      )}
      {open && (
        <div style={{ flexBasis: '100%' }}>
          <RoleForm role={role} rights={rights} />
        </div>
      )}
    </li>
  );
}

function RoleForm({ role, rights }: { role: Role | null; rights: string[] }) {
  const { t } = useTranslation();
  const nameOf = useRoleName();
  const [name, setName] = useState(role?.name ?? '');
  const [chosen, setChosen] = useState<string[]>(role?.rights ?? []);
  const command = useCommand(() => {
    if (role === null) {
      setName('');
      setChosen([]);
    }
  });
  return (
    <Form
      submit={role === null ? t('settings.roles.add') : t('settings.save')}
      busy={command.isPending}
      error={command.error}
      quiet={role === null}
      onSubmit={() => {
        const body = { name, rights: chosen };
        command.mutate({ path: role === null ? '/api/roles' : `/api/roles/${role.id}`, body });
      }}
    >
      <Field label={t('settings.name')} value={name} error={faultOf(command.error, 'name')} onChange={setName} />
      <fieldset className={classes.checks}>
        <legend className={classes.sub}>{t('settings.staff.rights')}</legend>
        {rights.map((right) => (
          <label key={right}>
            <input
              type="checkbox"
              checked={chosen.includes(right)}
              onChange={(event) => {
                setChosen(event.currentTarget.checked ? [...chosen, right] : chosen.filter((one) => one !== right));
              }}
            />
            {nameOf(right)}
          </label>
        ))}
      </fieldset>
    </Form>
  );
}
