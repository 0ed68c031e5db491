import { TextInput } from '@mantine/core';
import type { RefObject, SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '@/lib/api-client';
import type { Person } from '../api/commands';
import classes from './new-member.module.css';

type Name = keyof Person;

const types: Record<Name, string> = { firstName: 'text', lastName: 'text', phone: 'tel', email: 'email' };

interface PersonFieldsProps {
  person: Person;
  fields: readonly Name[];
  /** Whether they were sent once: before, nobody is told what is missing. */
  checked: boolean;
  error: Error | null;
  onChange: (person: Person) => void;
}

/** How a person is called and reached. What the server has found wrong stands under its field. */
export function PersonFields({ person, fields, checked, error, onChange }: PersonFieldsProps) {
  const { t } = useTranslation();
  const wrong = error instanceof ApiError ? error.fields : [];
  return fields.map((name, index) => (
    <TextInput
      key={name}
      name={name}
      label={isName(name) ? t(`new.${name}`) : <Optional label={t(`new.${name}`)} />}
      value={person[name] ?? ''}
      type={types[name]}
      {...(name === 'phone' && { inputMode: 'tel' as const })}
      autoComplete="off"
      autoFocus={index === 0}
      error={
        (checked && isName(name) && person[name].trim() === '' && t('new.missing')) ||
        wrong.find((each) => each.field === name)?.detail
      }
      onChange={(event: SyntheticEvent<HTMLInputElement>) => {
        onChange({ ...person, [name]: event.currentTarget.value });
      }}
    />
  ));
}

/** Goes to the first name that is missing; false where there is none. */
export function focusMissing({ firstName, lastName }: Person, form: RefObject<HTMLElement | null>): boolean {
  const missing = firstName.trim() === '' ? 'firstName' : lastName.trim() === '' ? 'lastName' : null;
  if (missing !== null) {
    form.current?.querySelector<HTMLInputElement>(`[name=${missing}]`)?.focus();
  }
  return missing !== null;
}

/** As it is sent: without spaces around, and nothing where nothing was typed. */
export function cleaned({ firstName, lastName, email, phone }: Person): Person {
  const orNull = (value: string | null) => (value === null || value.trim() === '' ? null : value.trim());
  return {
    firstName: firstName.trim(),
    lastName: lastName.trim(),
    email: orNull(email),
    phone: orNull(phone),
  };
}

/** Whether what is wrong stands under a field already. */
export function isOfAField(error: Error | null): boolean {
  return error instanceof ApiError && error.fields.length > 0;
}

function isName(name: Name): name is 'firstName' | 'lastName' {
  return name === 'firstName' || name === 'lastName';
}

export function Optional({ label }: { label: string }) {
  const { t } = useTranslation();
  return (
    <>
      {label} <span className={classes.optional}>{t('new.optional')}</span>
    </>
  );
}
