import { useTranslation } from 'react-i18next';
import { VisuallyHidden } from '@/components/visually-hidden';
import classes from './notices.module.css';

const countMax = 99;

/** How many are new. Not red: that is for refusals at the doors. */
export function NoticeCount({ count }: { count: number }) {
  const { t } = useTranslation();
  return count === 0 ? null : (
    <>
      <span className={classes.count} aria-hidden="true">
        {count > countMax ? `${countMax}+` : count}
      </span>
      <VisuallyHidden>{t('notices.unread', { count })}</VisuallyHidden>
    </>
  );
}
