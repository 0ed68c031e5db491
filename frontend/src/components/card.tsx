import { useId, type ReactNode } from 'react';
import classes from './card.module.css';

interface CardProps {
  title: string;
  note?: ReactNode;
  aside?: ReactNode;
  className?: string;
  testId: string;
  children: ReactNode;
}

/** Stands alone on the page: a titled region with, at most, a figure beside its title and something at its end. */
export function Card({ title, note, aside, className, testId, children }: CardProps) {
  const titleId = useId();
  return (
    <section
      className={[classes.card, className].filter(Boolean).join(' ')}
      aria-labelledby={titleId}
      data-testid={testId}
    >
      <div className={classes.head}>
        <h2 id={titleId} className={classes.title}>
          {title}
        </h2>
        {note !== undefined && <p className={classes.note}>{note}</p>}
        {aside !== undefined && <div className={classes.aside}>{aside}</div>}
      </div>
      {children}
    </section>
  );
}
