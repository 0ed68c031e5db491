import { useTranslation } from 'react-i18next';
import type { FeedItem } from '../live-merge';
import classes from './handled-notice.module.css';

interface HandledNoticeProps {
  items: readonly FeedItem[];
  nameOf: (item: FeedItem) => string;
  onUndo: () => void;
}

/** For eight seconds a hand that was too quick can take it back. */
export function HandledNotice({ items, nameOf, onUndo }: HandledNoticeProps) {
  const { t } = useTranslation();
  const [only] = items;
  return (
    <div role="status">
      {only !== undefined && (
        <p className={classes.notice}>
          <span className={classes.text}>
            {items.length === 1
              ? t('live.refusals.handled', { name: nameOf(only) })
              : t('live.refusals.handledMany', { count: items.length })}
          </span>
          <button type="button" className={classes.undo} onClick={onUndo }>
            {t('live.refusals.undo')}
          </button>
        </p>
      )}
    </div>
  );
}
