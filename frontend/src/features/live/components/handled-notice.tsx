import { useTranslation } from 'react-i18next';
import { Notice } from '@/components/notice';
import type { FeedItem } from '../live-merge';

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
        <Notice
          text={
            items.length === 1
              ? t('live.refusals.handled', { name: nameOf(only) })
              : t('live.refusals.handledMany', { count: items.length })
          }
          action={t('live.refusals.undo')}
          onAction={onUndo}
        />
      )}
    </div>
  );
}
