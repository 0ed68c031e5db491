import { IconQuestionMark, IconX } from '@tabler/icons-react';
import { initialsOf } from '@/lib/initials';
import classes from './photo.module.css';

interface PhotoProps {
  /** Null for somebody who is not known. */
  name: string | null;
  photoUrl: string | null;
  large?: boolean;
  /** For the person in focus. */
  size?: 'huge' | undefined;
  refused?: boolean;
}

/** Beside the name it stands for, so it says nothing itself. */
export function Photo({ name, photoUrl, large = false, size, refused = false }: PhotoProps) {
  return (
    <span className={classes.photo} data-large={large || undefined} data-size={size} aria-hidden="true">
      {photoUrl !== null ? (
        <img src={photoUrl} alt="" className={classes.image} loading="lazy" decoding="async" />
      ) : (
        <span className={classes.initials}>
          {name === null ? <IconQuestionMark size="50%" stroke={2} /> : initialsOf(name)}
        </span>
      )}
      {refused && (
        <span className={classes.refused}>
          <IconX size="62%" stroke={3} />
        </span>
      )}
    </span>
  );
}
