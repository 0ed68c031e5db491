import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconLanguage, IconLogout } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import item from '@/components/rail-item.module.css';
import { themeChoices, themes } from '@/components/theme-choices';
import { chooseLanguage } from '@/lib/i18n';
import { useShell } from '@/lib/shell';
import { useLanguage } from '@/lib/use-language';
import { NoticeCount } from '@/features/notices/components/notice-count';
import { NoticesDialog } from '@/features/notices/components/notices-dialog';
import { NoticesItem } from '@/features/notices/components/notices-item';
import { useLogOut } from '@/features/session/api/log-in';
import { useSessionNotices } from './bell';
import type { PageEntry } from './pages';
import { PersonFace, type FaceProps } from './person-face';

const icon = { size: 18, stroke: 1.75, 'aria-hidden': true } as const;

export interface PersonMenuProps extends FaceProps {
  /** Places that found no room in the bar of a phone. */
  more: readonly PageEntry[];
}

/** A phone has no room for the bell: what it says stands here. */
export function PersonMenu(props: PersonMenuProps) {
  return props.narrow ? <MenuWithNotices {...props} /> : <PlainMenu {...props} count={null} notices={null} />;
}

function MenuWithNotices(props: PersonMenuProps) {
  const [open, setOpen] = useState(false);
  const notices = useSessionNotices(props.session);
  return (
    <>
      <PlainMenu
        {...props}
        count={<NoticeCount count={notices.unread} />}
        notices={
          <NoticesItem
            notices={notices}
            onOpen={() => {
              setOpen(true);
            }}
          />
        }
      />
      {open && (
        <NoticesDialog
          notices={notices}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

interface PlainMenuProps extends PersonMenuProps {
  count: ReactNode;
  notices: ReactNode;
}

function PlainMenu({ count, notices, ...props }: PlainMenuProps) {
  const { t } = useTranslation();
  const { session, narrow, more } = props;
  const { openHelp } = useShell();
  const other = useLanguage() === 'fr' ? 'en' : 'fr';
  const logOut = useLogOut();
  return (
    <Menu
      position={narrow ? 'top-end' : 'right-end'}
      width={248}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button type="button" className={item.item} data-testid="person">
          <PersonFace {...props} />
          {count}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {notices}
        {more.map(
          ({ path, rail }) =>
            rail !== undefined && (
              <Menu.Item
                key={path}
                component={Link}
                to={path.replace(/\/\*$/, '')}
                leftSection={<rail.icon {...icon} />}
              >
                {t(rail.label)}
              </Menu.Item>
            ),
        )}
        {more.length > 0 && <Menu.Divider />}
        <Menu.Label>{session.displayName}</Menu.Label>
        <Menu.Item
          lang={other}
          leftSection={<IconLanguage {...icon} />}
          onClick={() => void chooseLanguage(other)}
        >
          {t('rail.otherLanguage')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard {...icon} />} rightSection={narrow ? null : '?'} onClick={openHelp}>
          {t('rail.help')}
        </Menu.Item>
        <Menu.Divider />
        <ThemeItems />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout {...icon} />}
          disabled={logOut.isPending}
          closeMenuOnClick={false}
          onClick={() => {
            logOut.mutate();
          }}
        >
          {logOut.isError ? t('rail.signOutAgain') : t('rail.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ThemeItems() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('rail.theme')}</Menu.Label>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(value) => {
          setColorScheme(value as MantineColorScheme);
        }}
      >
        {themes.map((scheme) => {
          const SchemeIcon = themeChoices[scheme];
          return (
            <Menu.RadioItem
              key={scheme}
              value={scheme}
              closeMenuOnClick
              rightSection={<SchemeIcon size={18} stroke={1.75} aria-hidden="true" />}
            >
              {t(`theme.${scheme}`)}
            </Menu.RadioItem>
          );
        })}
      </Menu.RadioGroup>
    </>
  );
}
