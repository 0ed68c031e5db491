import { IconDeviceDesktop } from '@tabler/icons-react';
import { lazy, Suspense, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './rail-item.module.css';

// Menus bring the code that places them; the first screen does not wait for it.
const ThemeMenu = lazy(() => import('./theme-menu').then((module) => ({ default: module.ThemeMenu })));

export function ThemeSwitch({ position }: ComponentProps<typeof ThemeMenu>) {
  const { t } = useTranslation();
  const place = (
    <span className={classes.item}>
      <IconDeviceDesktop size={20} stroke={1.75} aria-hidden="true" />
      {t('rail.theme')}
    </span>
  );
  return (
    <Suspense fallback={place}>
      <ThemeMenu position={position} />
    </Suspense>
  );
}
