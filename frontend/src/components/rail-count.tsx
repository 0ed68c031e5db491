import { VisuallyHidden } from './visually-hidden';
import classes from './rail-count.module.css';

const countMax = 99;

interface RailCountProps {
  count: number;
  /** The count in words, for who does not see it. */
  words: string;
  /** Red is for refusals at the doors alone. */
  red?: boolean;
}

/** A small number on an item of the rail; nothing where there is nothing to count. */
export function RailCount({ count, words, red = false }: RailCountProps) {
  return count === 0 ? null : (
    <>
      <span className={classes.count} data-red={red || undefined} aria-hidden="true">
        {count > countMax ? `${countMax}+` : count}
      </span>
      <VisuallyHidden>{words}</VisuallyHidden>
    </>
  );
}
