import classes from './kbd.module.css';

/** A key, as it stands on the keyboard. Shown to the eye; who listens is told by the list of keys. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className={classes.kbd} aria-hidden="true">
      {children}
    </kbd>
  );
}
