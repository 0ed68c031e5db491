import { useId, type HTMLInputAutoCompleteAttribute, type Ref } from 'react';
import classes from './field.module.css';

interface FieldProps {
  ref?: Ref<HTMLInputElement>;
  label: string;
  name: string;
  value: string;
  type?: 'email' | 'text';
  inputMode?: 'numeric';
  autoComplete: HTMLInputAutoCompleteAttribute;
  autoFocus?: boolean;
  large?: boolean;
  fault: string | null;
  onChange: (value: string) => void;
}

export function Field({ ref, label, fault, large = false, onChange, type = 'text', ...input }: FieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className={classes.label}>
        {label}
      </label>
      <input
        {...input}
        ref={ref}
        id={id}
        type={type}
        className={`${classes.input ?? ''} ${large ? (classes.large ?? '') : ''}`}
        aria-invalid={fault !== null}
        aria-describedby={fault === null ? undefined : `${id}-fault`}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
      <p id={`${id}-fault`} role="alert" className={classes.fault}>
        {fault}
      </p>
    </div>
  );
}
