import { Skeleton } from '@/components/skeleton';
import classes from './feed.module.css';

const nameWidths = [
  '62%',
  '48%',
  '70%',
  '55%',
  '66%',
  '44%',
  '58%',
  '50%',
  '64%',
  '46%',
  '60%',
  '52%',
  '68%',
  '45%',
];

export function FeedSkeleton() {
  return (
    <div className={classes.holder}>
      <ol className={classes.scroller} aria-hidden="true">
        {nameWidths.map((width) => (
          <li key={width} className={classes.row}>
            <span className={classes.time}>
              <Skeleton width={48} height={12} />
            </span>
            <Skeleton width={40} height={40} radius="26%" />
            <div className={classes.who}>
              <Skeleton width={width} height={14} />
            </div>
            <Skeleton width={64} height={12} />
          </li>
        ))}
      </ol>
    </div>
  );
}
