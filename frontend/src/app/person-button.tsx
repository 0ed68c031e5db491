import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { IconDots } from '@tabler/icons-react';
import { VisuallyHidden } from '@/components/visually-hidden';
import { learnPart } from '@/lib/i18n';
import { initialsOf } from '@/lib/initials';
import item from '@/components/rail-item.module.css';
import type { Session } from '@/features/session/api/session';
import type { PageEntry } from './pages';
import classes from './person-button.module.css';

// Menus bring the code that places them; the first screen does not wait for it.
const PersonMenu = lazy(async () => {
  const [module] = await Promise.all([import('./person-menu'), learnPart('doors')]);
  return { default: module.PersonMenu };
});

export interface PersonButtonProps {
  session: Session;
  narrow: boolean;
  /** Places that found no room in the bar of a phone. */
  more: readonly PageEntry[];
}

/** The person at the bottom of the rail: language, theme, help, leaving. On a phone also what found no room. */
export function PersonButton(props: PersonButtonProps) {
  return (
    <Suspense
      fallback={
        <span className={item.item}>
          <PersonFace {...props} />
        </span>
      }
    >
      <PersonMenu {...props} />
    </Suspense>
  );
}

export function PersonFace({ session, narrow }: PersonButtonProps) {
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
