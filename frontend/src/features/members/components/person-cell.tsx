import { Link } from 'react-router';
import { Photo } from '@/components/photo';
import { Skeleton } from '@/components/skeleton';
import classes from './members-page.module.css';

interface PersonCellProps {
  id: string;
  displayName: string;
  photoUrl: string | null;
}

/** Whom a row is about; leads to their file. */
export function PersonCell({ id, displayName, photoUrl }: PersonCellProps) {
  return (
    <span className={classes.person}>
      <Photo name={displayName} photoUrl={photoUrl} />
      <Link to={`/desk/${id}`} className={classes.personName} title={displayName}>
        {displayName}
      </Link>
    </span>
  );
}

/** Somebody who is on their way. */
export function PersonComing() {
  return (
    <span className={classes.person}>
      <Skeleton width={40} height={40} radius="26%" />
      <Skeleton width={160} height={14} />
    </span>
  );
}
