import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useRoles } from './api/commands';

/** What a role or a right is called: the club's own roles have names, all others have words. */
export function useRoleName(): (id: string) => string {
  const { t, i18n } = useTranslation();
  const roles = useRoles();
  return (id) => {
    const own = roles.data?.items.find((role) => role.id === id)?.name;
    const key = `settings.${id.includes('.') ? 'right' : 'role'}.${id.replaceAll('.', '_')}`;
    return own ?? (i18n.exists(key) ? t(key as ParseKeys) : id);
  };
}
