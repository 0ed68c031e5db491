import { IconHistory, IconQrcode, IconUser, type Icon } from '@tabler/icons-react';
import type { MemberRoute } from '../use-route';
import { useTexts, type TextKey } from '../texts';
import classes from './tabs.module.css';

const tabs: { route: MemberRoute; text: TextKey; icon: Icon }[] = [
  { route: 'pass', text: 'tabs.pass', icon: IconQrcode },
  { route: 'visits', text: 'tabs.visits', icon: IconHistory },
  { route: 'me', text: 'tabs.me', icon: IconUser },
];

export function Tabs({ route, onGo }: { route: MemberRoute; onGo: (to: MemberRoute) => void }) {
  const { t } = useTexts();
  return (
    <nav className={classes.tabs} aria-label={t('tabs.label')}>
      {tabs.map((tab) => (
        <button
          key={tab.route}
          type="button"
          className={classes.tab}
          aria-current={tab.route === route ? 'page' : undefined}
          onClick={() => {
            onGo(tab.route);
          }}
        >
          <tab.icon size={24} stroke={1.75} aria-hidden="true" />
          {t(tab.text)}
        </button>
      ))}
    </nav>
  );
}
