import { lazy, Suspense } from 'react';
import { learnPart } from '@/lib/i18n';
import item from '@/components/rail-item.module.css';
import { PersonFace } from './person-face';
import type { PersonMenuProps } from './person-menu';

// Menus bring the code that places them; the first screen does not wait for it.
const PersonMenu = lazy(async () => {
  const [module] = await Promise.all([import('./person-menu'), learnPart('doors')]);
  return { default: module.PersonMenu };
});

/** The person at the bottom of the rail: language, theme, help, leaving. On a phone also what found no room. */
export function PersonButton(props: PersonMenuProps) {
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
