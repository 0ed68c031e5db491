import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chips } from '@/components/chips';
import { periods, type Period } from '../periods';
import { SearchField } from './search-field';
import classes from './members-page.module.css';

interface PassageToolsProps {
  typed: string;
  setTyped: (typed: string) => void;
  period: Period | null;
  setPeriod: (period: Period | null) => void;
  /** What this list alone can be filtered by. */
  chips: readonly { id: string; label: string; on: boolean; toggle: () => void }[];
  children?: ReactNode;
}

/** Whom, when, and what else: above a list of what happened at the doors. */
export function PassageTools({ typed, setTyped, period, setPeriod, chips, children }: PassageToolsProps) {
  const { t } = useTranslation();
  const times = periods.map((each) => ({
    id: each,
    label: t(`filter.${each}`),
    on: each === period,
    toggle: () => {
      setPeriod(each === period ? null : each);
    },
  }));
  return (
    <div className={classes.tools}>
      <SearchField typed={typed} onType={setTyped} />
      {children}
      <Chips label={t('filter.label')} chips={[...times, ...chips]} />
    </div>
  );
}
