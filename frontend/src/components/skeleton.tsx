import classes from './skeleton.module.css';

/** Stands for something of exactly this size, and shows itself only when the wait is long enough to be felt. */
export function Skeleton({
  width,
  height,
  radius,
}: {
  width: number | string;
  height: number;
  radius?: string;
}) {
  return (
    <span className={classes.skeleton} style={{ width, height, borderRadius: radius }} aria-hidden="true" />
  );
}
