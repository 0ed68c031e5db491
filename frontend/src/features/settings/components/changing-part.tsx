import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import classes from './settings.module.css';

interface ChangingPartProps {
  title: string;
  change: string;
  leave: string;
  /** What is known, for who reads it; while it is being changed it may give way to the form. */
  told: (changing: boolean) => ReactNode;
  form: (onDone: () => void) => ReactNode;
}

/** A part of a site that is read, and changed in a form that one opens and leaves. */
export function ChangingPart({ title, change, leave, told, form }: ChangingPartProps) {
  const [changing, setChanging] = useState(false);
  return (
    <>
      <h3 className={classes.sub}>{title}</h3>
      {told(changing)}
      {changing &&
        form(() => {
          setChanging(false);
        })}
      <div className={classes.actions}>
        <Button
          variant="default"
          aria-expanded={changing}
          onClick={() => {
            setChanging(!changing);
          }}
        >
          {changing ? leave : change}
        </Button>
      </div>
    </>
  );
}
