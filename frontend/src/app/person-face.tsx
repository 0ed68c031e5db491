import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { VisuallyHidden } from '@/components/visually-hidden';
import { initialsOf } from '@/lib/initials';
import type { Session } from '@/features/session/api/session';
import classes from './person-face.module.css';

export interface FaceProps {
  session: Session;
  narrow: boolean;
}

/** Who is signed in, by their initials; on a phone the three dots of what found no room. */
export function PersonFace({ session, narrow }: FaceProps) {
  const { t } = useTranslation();
  return narrow ? (
    <>
      <IconDots size={20} stroke={1.75} aria-hidden="true" />
      {t('rail.more')}
    </>
  ) : (
    <>
      <span className={classes.face} aria-hidden="true">
        {initialsOf(session.displayName)}
      </span>
      <VisuallyHidden>{t('rail.person', { name: session.displayName })}</VisuallyHidden>
    </>
  );
}
