import { useTranslation } from 'react-i18next';
import { RailCount } from '@/components/rail-count';

/** How many are new. */
export function NoticeCount({ count }: { count: number }) {
  const { t } = useTranslation();
  return <RailCount count={count} words={t('notices.unread', { count })} />;
}
