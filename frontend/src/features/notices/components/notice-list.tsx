import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconBellCheck,
  IconDatabaseExclamation,
  IconFileImport,
  IconMailExclamation,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Skeleton } from '@/components/skeleton';
import { StatePanel } from '@/components/state-panel';
import { VisuallyHidden } from '@/components/visually-hidden';
import { useClub, useClubNow } from '@/lib/club';
import type { Language } from '@/lib/i18n';
import { formatMoment } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import type { Notice } from '../notices';
import type { Notices } from '../use-notices';
import classes from './notices.module.css';

const icons = {
  alert: IconAlertTriangle,
  offline: IconPlugConnectedX,
  mail: IconMailExclamation,
  backup: IconDatabaseExclamation,
  import: IconFileImport,
} as const;

/** What needs this person, each with the way to where it is dealt with. */
export function NoticeList({ notices, onFollow }: { notices: Notices; onFollow: () => void }) {
  const { t } = useTranslation();
  const { items, unread, isRead, markRead, isComing, hasFailed, retry } = notices;
  return (
    <>
      {items.length > 0 && (
        <ul className={classes.list}>
          {items.map((notice) => (
            <NoticeRow
              key={notice.id}
              notice={notice}
              read={isRead(notice)}
              onOpen={() => {
                markRead([notice]);
                onFollow();
              }}
            />
          ))}
        </ul>
      )}
      {items.length === 0 && isComing && (
        <div className={classes.coming} aria-hidden="true">
          <Skeleton width="70%" height={16} />
          <Skeleton width="50%" height={16} />
        </div>
      )}
      {items.length === 0 && !isComing && !hasFailed && (
        <StatePanel icon={IconBellCheck} title={t('notices.empty')} help={t('notices.emptyHelp')} />
      )}
      {hasFailed && (
        <div className={classes.failed} role="alert">
          {t('notices.failed')}
          <Button variant="subtle" color="gray" onClick={retry}>
            {t('notices.again')}
          </Button>
        </div>
      )}
      {unread > 0 && (
        <div className={classes.foot}>
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              markRead(items);
            }}
          >
            {t('notices.allRead')}
          </Button>
        </div>
      )}
    </>
  );
}

interface NoticeRowProps {
  notice: Notice;
  read: boolean;
  onOpen: () => void;
}

function NoticeRow({ notice, read, onOpen }: NoticeRowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useClub();
  const now = useClubNow();
  const { title, help } = wordsOf(notice, t, language);
  const KindIcon = icons[notice.kind];
  const words = (
    <>
      <span className={classes.mark} data-tone={notice.tone} aria-hidden="true">
        <KindIcon size={18} stroke={2} />
      </span>
      <span className={classes.words}>
        <span className={classes.title}>
          {!read && <VisuallyHidden>{`${t('notices.new')} `}</VisuallyHidden>}
          {title}
        </span>
        {help !== '' && <span className={classes.help}>{help}</span>}
      </span>
      {notice.at !== '' && (
        <time className={classes.time} dateTime={notice.at}>
          {formatMoment(Date.parse(notice.at), now, timeZone, language)}
        </time>
      )}
    </>
  );
  return (
    <li className={classes.item} data-read={read || undefined}>
      <Link to={notice.to} className={classes.row} onClick={onOpen}>
        {words}
      </Link>
    </li>
  );
}

/** The server tells at most so many lines. */
const pageItems = 100;

function wordsOf(notice: Notice, t: TFunction, language: Language): { title: string; help: string } {
  switch (notice.kind) {
    case 'alert':
      return { title: t(`alerts.kind.${notice.alert as 'door_forced'}`), help: notice.about };
    case 'offline':
      return {
        title: t(notice.count < pageItems ? 'notices.offline' : 'notices.offlineMore', { count: notice.count }),
        help: t('notices.offlineHelp'),
      };
    case 'mail':
      return { title: t('notices.mail', { count: notice.count }), help: t('notices.mailHelp') };
    case 'import':
      return { title: t('notices.import', { count: notice.count }), help: t('notices.importHelp') };
    case 'backup':
      return { title: t('notices.backup'), help: language === 'fr' ? notice.text.fr : notice.text.en };
  }
}
