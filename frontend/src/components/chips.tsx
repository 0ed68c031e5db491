import classes from './chips.module.css';

interface ChipsProps {
  label: string;
  chips: readonly { id: string; label: string; on: boolean; toggle: () => void }[];
}

/** Filters as sentences; each is on or off. */
export function Chips({ label, chips }: ChipsProps) {
  return (
    <div role="group" aria-label={label} className={classes.chips}>
      {chips.map(({ id, label: text, on, toggle }) => (
        <button key={id} type="button" className={classes.chip} aria-pressed={on} onClick={toggle}>
          {text}
        </button>
      ))}
    </div>
  );
}
