import { useTranslation } from 'react-i18next';
import { VisuallyHidden } from '@/components/visually-hidden';
import { useLiveView } from '../live-context';
import classes from './refusal-count.module.css';

const countMax = 99;

/** The one red number of the rail. */
export function RefusalCount() {
  const { t } = useTranslation();
  const { open } = useLiveView();
  if (open.length === 0) {
    return null;
  }
  return (
    <>
      <span className={classes.count} aria-hidden="true">
        {open.length > countMax ? `${countMax}+` : open.length}
      </span>
      <VisuallyHidden>{t('rail.openRefusals', { count: open.length })}</VisuallyHidden>
    </>
  );
}
