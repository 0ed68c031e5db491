import { useTranslation } from 'react-i18next';
import { RailCount } from '@/components/rail-count';
import { useLiveView } from '../live-context';

/** The one red number of the rail. */
export function RefusalCount() {
  const { t } = useTranslation();
  const count = useLiveView().open.length;
  return <RailCount count={count} words={t('rail.openRefusals', { count })} red />;
}
