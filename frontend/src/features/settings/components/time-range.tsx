import { useTranslation } from 'react-i18next';
import type { Span } from '../hours-draft';
import classes from './hours.module.css';

interface TimeRangeProps {
  span: Span;
  of: string;
  onChange: (span: Span) => void;
}

/** From when to when a day is open. */
export function TimeRange({ span, of, onChange }: TimeRangeProps) {
  const { t } = useTranslation();
  return (
    <>
      {(['from', 'to'] as const).map((end) => (
        <input
          key={end}
          type="time"
          className={classes.time}
          value={span[end]}
          aria-label={t(`settings.hours.${end}`, { day: of })}
          onChange={(event) => {
            onChange({ ...span, [end]: event.currentTarget.value });
          }}
        />
      ))}
    </>
  );
}
