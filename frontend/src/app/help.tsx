import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import classes from './help.module.css';

/** Every key that does something, where it does it. Keys that are shown on a button stand here too. */
const groups = [
  {
    title: 'everywhere',
    keys: [
      ['Ctrl K', 'palette'],
      ['/', 'field'],
      ['badge', 'badge'],
      ['?', 'help'],
      ['escape', 'close'],
    ],
  },
  {
    title: 'lists',
    keys: [
      ['↑ ↓', 'choose'],
      ['enter', 'open'],
      ['Ctrl enter', 'newTab'],
    ],
  },
  {
    title: 'desk',
    keys: [
      ['F2', 'next'],
      ['F4', 'file'],
      ['N', 'member'],
      ['Ctrl enter', 'save'],
    ],
  },
] as const;

export function Help({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const named: Record<string, string> = {
    badge: t('help.key.badge'),
    escape: t('help.key.escape'),
    enter: t('help.key.enter'),
  };
  return (
    <Dialog title={t('help.title')} onClose={onClose} testId="help">
      {groups.map(({ title, keys }) => (
        <Fragment key={title}>
          <h3 className={classes.group}>{t(`help.${title}`)}</h3>
          <dl className={classes.keys}>
            {keys.map(([key, does]) => (
              <div key={does} className={classes.row}>
                <dt>
                  {key.split(' ').map((part) => (
                    <kbd key={part} className={classes.key}>
                      {named[part] ?? part}
                    </kbd>
                  ))}
                </dt>
                <dd>{t(`help.does.${does}`)}</dd>
              </div>
            ))}
          </dl>
        </Fragment>
      ))}
    </Dialog>
  );
}
