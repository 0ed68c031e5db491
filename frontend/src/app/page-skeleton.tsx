import { Skeleton } from '@/components/skeleton';
import classes from './app.module.css';

/** What a page looks like before its file is there: a head and a field, of true size. */
export function PageSkeleton() {
  return (
    <main id="content" className={classes.coming} tabIndex={-1}>
      <div className={classes.comingHead}>
        <Skeleton width={180} height={26} />
      </div>
      <Skeleton width="100%" height={220} radius="14px" />
    </main>
  );
}
