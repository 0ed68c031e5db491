import type { ReactNode } from 'react';
import { ConnectionWord } from './connection-word';
import classes from './page-header.module.css';

interface PageHeaderProps {
  title: string;
  /** One line of place, date or count. Null: there never is one; undefined: it is not known yet. */
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
        {note !== null && <p className={classes.note}>{note}</p>}
      </div>
      {withConnection && <ConnectionWord />}
      {children}
    </header>
  );
}
