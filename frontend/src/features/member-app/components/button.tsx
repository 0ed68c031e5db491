import type { ReactNode } from 'react';
import classes from './button.module.css';

interface ButtonProps {
  children: ReactNode;
  kind?: 'next' | 'quiet' | 'danger';
  type?: 'button' | 'submit';
  busy?: boolean;
  disabled?: boolean;
  wide?: boolean;
  onClick?: () => void;
}

/** A pressed button keeps its words and its width, and takes no second press. */
export function Button({
  children,
  kind = 'quiet',
  type = 'button',
  busy = false,
  disabled = false,
  wide = false,
  onClick,
}: ButtonProps) {
  return (
    <button
      type={type}
      className={`${classes.button ?? ''} ${classes[kind] ?? ''} ${wide ? (classes.wide ?? '') : ''}`}
      aria-busy={busy}
      disabled={disabled}
      onClick={busy ? undefined : onClick}
    >
      {children}
    </button>
  );
}
