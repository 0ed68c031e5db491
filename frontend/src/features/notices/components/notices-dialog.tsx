import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import type { Notices } from '../use-notices';
import { NoticeList } from './notice-list';

/** The same list on a phone, where a panel beside a bell has no room. */
export function NoticesDialog({ notices, onClose }: { notices: Notices; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('notices.title')} onClose={onClose} testId="notices">
      <NoticeList notices={notices} onFollow={onClose} />
    </Dialog>
  );
}
