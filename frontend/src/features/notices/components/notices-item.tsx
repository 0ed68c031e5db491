import { Menu } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Notices } from '../use-notices';

/** The bell as a line of a menu. */
export function NoticesItem({ notices, onOpen }: { notices: Notices; onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <Menu.Item
      leftSection={<IconBell size={18} stroke={1.75} aria-hidden="true" />}
      rightSection={notices.unread > 0 ? t('notices.unread', { count: notices.unread }) : null}
      onClick={onOpen}
    >
      {t('notices.title')}
    </Menu.Item>
  );
}
