import { IconIdBadgeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './desk.module.css';

/** A badge that nobody has. What it holds is not shown: others may be looking. */
export function BadgeNotice({ badge }: { badge: string | null }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      {badge !== null && (
        <div className={classes.unknown}>
          <IconIdBadgeOff size={28} stroke={1.75} aria-hidden="true" />
          <div>
            <p className={classes.unknownTitle}>{t('desk.unknownBadge')}</p>
            <p>{t('desk.unknownBadgeHelp')}</p>
          </div>
        </div>
      )}
    </div>
  );
}
