import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRoles, useSites } from '../api/commands';
import { isRight, useRoleName } from '../use-role-name';
import { Choice, Field } from './parts';
import classes from './settings.module.css';

/** As the form holds a grant: what is given by its word, where, and until the end of which day. */
export interface GrantDraft {
  what: string;
  siteId: string;
  until: string;
}

export const deskGrant: GrantDraft = { what: 'desk', siteId: '', until: '' };

export function draftOf(grant: {
  role: string | null;
  right: string | null;
  siteId: string | null;
  until: string | null;
}): GrantDraft {
  return {
    what: grant.role ?? grant.right ?? '',
    siteId: grant.siteId ?? '',
    until: grant.until?.slice(0, 10) ?? '',
  };
}

export function toRequest({ what, siteId, until }: GrantDraft) {
  return {
    ...(isRight(what) ? { right: what } : { role: what }),
    ...(siteId === '' ? {} : { siteId }),
    ...(until === '' ? {} : { until: `${until}T23:59:59Z` }),
  };
}

interface GrantsFieldProps {
  grants: GrantDraft[];
  onChange: (grants: GrantDraft[]) => void;
}

export function GrantsField({ grants, onChange }: GrantsFieldProps) {
  const { t } = useTranslation();
  return (
    <>
      {grants.map((grant, index) => (
        <GrantRow
          key={index}
          grant={grant}
          onChange={(next) => {
            onChange(grants.map((one, at) => (at === index ? next : one)));
          }}
          onRemove={
            grants.length === 1
              ? null
              : () => {
                  onChange(grants.filter((_, at) => at !== index));
                }
          }
        />
      ))}
      <div className={classes.actions}>
        <Button
          variant="default"
          onClick={() => {
            onChange([...grants, deskGrant]);
          }}
        >
          {t('settings.staff.addGrant')}
        </Button>
      </div>
    </>
  );
}

interface GrantRowProps {
  grant: GrantDraft;
  onChange: (grant: GrantDraft) => void;
  onRemove: (() => void) | null;
}

function GrantRow({ grant, onChange, onRemove }: GrantRowProps) {
  const { t } = useTranslation();
  const roles = useRoles();
  const sites = useSites();
  const nameOf = useRoleName();
  const named = (ids: string[]) => ids.map((id) => ({ value: id, label: nameOf(id) }));
  return (
    <div className={classes.row}>
      <Choice
        label={t('settings.staff.what')}
        data={[
          { group: t('settings.staff.roles'), items: named(roles.data?.items.map(({ id }) => id) ?? []) },
          { group: t('settings.staff.rights'), items: named(roles.data?.rights ?? []) },
        ]}
        value={grant.what}
        onChange={(what) => {
          onChange({ ...grant, what });
        }}
      />
      <Choice
        label={t('settings.staff.where')}
        data={[
          { value: '', label: t('settings.staff.everywhere') },
          ...(sites.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={grant.siteId}
        onChange={(siteId) => {
          onChange({ ...grant, siteId });
        }}
      />
      <Field
        label={t('settings.staff.until')}
        type="date"
        value={grant.until}
        onChange={(until) => {
          onChange({ ...grant, until });
        }}
      />
      {onRemove !== null && (
        <Button
          variant="default"
          className={classes.tight}
          aria-label={t('settings.staff.removeGrant', { name: nameOf(grant.what) })}
          onClick={onRemove}
        >
          {t('settings.remove')}
        </Button>
      )}
    </div>
  );
}
