import { IconSearch } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '@/lib/shortcuts';
import classes from './members-page.module.css';

/** Whom a list is asked for. `/` leads there from anywhere on the page. */
export function SearchField({ typed, onType }: { typed: string; onType: (typed: string) => void }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  useShortcuts(useMemo(() => [{ key: '/', run: () => field.current?.focus() }], []));
  return (
    <label className={classes.field}>
      <IconSearch size={18} stroke={1.75} aria-hidden="true" />
      <input
        ref={field}
        aria-label={t('desk.search')}
        placeholder={t('desk.search')}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          onType(event.currentTarget.value);
        }}
      />
    </label>
  );
}
