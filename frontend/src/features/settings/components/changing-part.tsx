import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
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
  const area = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasChanging = useRef(false);
  // The form comes above the button that opens it: who has no mouse is taken there, and back when it closes.
  useEffect(() => {
    if (changing) {
      area.current?.querySelector<HTMLElement>('input, button')?.focus();
    } else if (wasChanging.current) {
      button.current?.focus();
    }
    wasChanging.current = changing;
  }, [changing]);
  return (
    <>
      <h3 className={classes.sub}>{title}</h3>
      {told(changing)}
      {changing && (
        <div ref={area}>
          {form(() => {
            setChanging(false);
          })}
        </div>
      )}
      <div className={classes.actions}>
        <Button
          ref={button}
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
