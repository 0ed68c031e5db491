import type { ReactNode } from 'react';
import classes from './visually-hidden.module.css';

export function VisuallyHidden({
  as: Tag = 'span',
  children,
}: {
  as?: 'span' | 'h1' | 'h2' | 'p';
  children: ReactNode;
}) {
  return <Tag className={classes.hidden}>{children}</Tag>;
}
