import { InlineError } from '@/components/inline-error';
import classes from './members-page.module.css';

/** Some of the rows cannot be had for now; those that are there stay. */
export function ListFault({ error }: { error: Error | null }) {
  return error === null ? null : (
    <div className={classes.fault}>
      <InlineError error={error} />
    </div>
  );
}
