import { useMantineColorScheme } from '@mantine/core';
import {
  IconDatabase,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserPlus,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '@/lib/i18n';
import { useLanguage } from '@/lib/use-language';
import { useLogOut } from '@/features/session/api/log-in';
import { pagesFor } from '../pages';
import type { PaletteItem } from './palette-items';

/** The places of the rail, by the same words, and what is looked for by its name. */
export function usePalettePages(rights: ReadonlySet<string>): PaletteItem[] {
  const { t } = useTranslation();
  const places = pagesFor(rights).flatMap(({ path, rail }) => {
    const to = path.replace(/\/\*$/, '');
    return rail === undefined ? [] : [{ id: to, label: t(rail.label), icon: rail.icon, to }];
  });
  const backup = '/settings/backup';
  return rights.has('metrics.read')
    ? [...places, { id: backup, label: t('palette.backup'), icon: IconDatabase, to: backup }]
    : places;
}

/** What can be done from anywhere. */
export function usePaletteActions(rights: ReadonlySet<string>, openHelp: () => void): PaletteItem[] {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const language = useLanguage();
  const other = language === 'fr' ? 'en' : 'fr';
  const logOut = useLogOut();
  const newMember: PaletteItem[] = rights.has('members.write')
    ? [{ id: 'new', label: t('palette.newMember'), icon: IconUserPlus, to: '/desk/new', shortcut: 'N' }]
    : [];
  return [
    ...newMember,
    { id: 'help', label: t('rail.help'), icon: IconKeyboard, run: openHelp, shortcut: '?' },
    {
      id: 'language',
      label: t('palette.language'),
      icon: IconLanguage,
      run: () => void chooseLanguage(other),
    },
    {
      id: 'light',
      label: t('palette.light'),
      icon: IconSun,
      run: () => {
        setColorScheme('light');
      },
    },
    {
      id: 'dark',
      label: t('palette.dark'),
      icon: IconMoon,
      run: () => {
        setColorScheme('dark');
      },
    },
    {
      id: 'leave',
      label: t('rail.signOut'),
      icon: IconLogout,
      run: () => {
        logOut.mutate();
      },
    },
  ];
}
