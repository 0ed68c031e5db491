import { useState } from 'react';
import { useTexts } from '../texts';
import { Button } from './button';
import classes from './ask-first.module.css';

interface AskFirstProps {
  label: string;
  ask: string;
  yes: string;
  disabled: boolean;
  onYes: () => Promise<void>;
}

/** What cannot be undone asks once, in place, and "keep" is what the finger finds first. */
export function AskFirst({ label, ask, yes, disabled, onYes }: AskFirstProps) {
  const { t } = useTexts();
  const [asks, setAsks] = useState(false);
  if (!asks) {
    return (
      <Button
        disabled={disabled}
        onClick={() => {
          setAsks(true);
        }}
      >
        {label}
      </Button>
    );
  }
  return (
    <div className={classes.ask} role="alertdialog" aria-label={ask}>
      <p>{ask}</p>
      <Button
        onClick={() => {
          setAsks(false);
        }}
      >
        {t('me.keep')}
      </Button>
      <Button
        kind="danger"
        onClick={() => {
          setAsks(false);
          void onYes();
        }}
      >
        {yes}
      </Button>
    </div>
  );
}
