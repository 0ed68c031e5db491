import type { ReactNode } from 'react';
import { ConnectionWord } from './connection-word';
import classes from './page-header.module.css';

interface PageHeaderProps {
  title: string;
  /** One line of place, date or count. */
  note?: ReactNode;
  /** What stands at the end: secondary actions, the clock. */
  children?: ReactNode;
  /** A page that could not be loaded says so itself. */
  withConnection?: boolean;
}

/** The one head of every page: what it is, how the line is, what else can be done. */
export function PageHeader({ title, note, children, withConnection = true }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.note}>{note}</p>
      </div>
      {withConnection && <ConnectionWord />}
      {children}
    </header>
  );
}
