import { IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '@/lib/i18n';
import { useLanguage } from '@/lib/use-language';
import classes from './rail-item.module.css';

/** With two languages the switch names the other one, in its own words. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const other = useLanguage() === 'fr' ? 'en' : 'fr';
  return (
    <button type="button" className={classes.item} lang={other} onClick={() => void chooseLanguage(other)}>
      <IconLanguage size={20} stroke={1.75} aria-hidden="true" />
      {t('rail.otherLanguage')}
    </button>
  );
}
