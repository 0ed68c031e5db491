import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useRoles } from './api/commands';

/** Rights have a dot in their names, but for one that is older than that rule; roles have none. */
export function isRight(id: string): boolean {
  return id.includes('.') || id === 'outbox';
}

/** What a role or a right is called: the club's own roles have names, all others have words. */
export function useRoleName(): (id: string) => string {
  const { t, i18n } = useTranslation();
  const roles = useRoles();
  return (id) => {
    const own = roles.data?.items.find((role) => role.id === id)?.name;
    const key = `settings.${isRight(id) ? 'right' : 'role'}.${id.replaceAll('.', '_')}`;
    return own ?? (i18n.exists(key) ? t(key as ParseKeys) : id);
  };
}
