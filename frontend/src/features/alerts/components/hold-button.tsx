import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import classes from './evacuation.module.css';

const holdMilliseconds = 1_000;

interface HoldButtonProps {
  children: ReactNode;
  help: string;
  quiet?: boolean;
  disabled?: boolean;
  onHeld: () => void;
}

/** Acts after one second of holding, by finger, mouse or key: no typing, and no door opened by a pocket. */
export function HoldButton({ children, help, quiet = false, disabled = false, onHeld }: HoldButtonProps) {
  const helpId = useId();
  const [held, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const release = () => {
    setHeld(false);
    if (timer.current !== null) {
      clearTimeout(timer.current);
      timer.current = null;
    }
  };
  const hold = () => {
    if (timer.current === null && !disabled) {
      setHeld(true);
      timer.current = setTimeout(() => {
        release();
        onHeld();
      }, holdMilliseconds);
    }
  };
  useEffect(() => release, []);
  return (
    <div className={classes.hold}>
      <button
        type="button"
        className={classes.holdButton}
        data-held={held || undefined}
        data-quiet={quiet || undefined}
        disabled={disabled}
        aria-describedby={helpId}
        onPointerDown={hold}
        onPointerUp={release}
        onPointerLeave={release}
        onPointerCancel={release}
        onContextMenu={(event) => {
          event.preventDefault();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault();
            hold();
          }
        }}
        onKeyUp={release}
        onBlur={release}
      >
        <span className={classes.holdWords}>{children}</span>
      </button>
      <p id={helpId} className={classes.holdHelp}>
        {help}
      </p>
    </div>
  );
}
