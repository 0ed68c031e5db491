import { Skeleton } from './skeleton';
import classes from './table-skeleton.module.css';

const widths = [180, 140, 210, 160, 190, 150, 200, 170];

/** Rows of true size, before the first ones are there. */
export function TableSkeleton() {
  return (
    <div aria-hidden="true" data-testid="coming">
      {widths.map((width) => (
        <div key={width} className={classes.row}>
          <Skeleton width={40} height={40} radius="26%" />
          <Skeleton width={width} height={14} />
        </div>
      ))}
    </div>
  );
}
