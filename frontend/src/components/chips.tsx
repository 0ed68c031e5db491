import classes from './chips.module.css';

interface ChipsProps {
  label: string;
  /** For a hand in a hurry: as high everywhere as on a phone, and all of them in sight. */
  large?: boolean;
  chips: readonly { id: string; label: string; on: boolean; toggle: () => void }[];
}

/** Filters as sentences; each is on or off. */
export function Chips({ label, large = false, chips }: ChipsProps) {
  return (
    <div role="group" aria-label={label} className={classes.chips} data-large={large || undefined}>
      {chips.map(({ id, label: text, on, toggle }) => (
        <button key={id} type="button" className={classes.chip} aria-pressed={on} onClick={toggle}>
          {text}
        </button>
      ))}
    </div>
  );
}
