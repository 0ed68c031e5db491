import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { InlineError } from '@/components/inline-error';
import { Photo } from '@/components/photo';
import { StatusTag } from '@/components/status-tag';
import { api, ApiError, bodyOf } from '@/lib/api-client';
import { useDebounced } from '@/lib/use-debounced';
import { useRegister, type NewMember as Person } from '../api/commands';
import type { MemberItem } from '../api/search-members';
import classes from './new-member.module.css';

interface NewMemberProps {
  /** What was searched for and not found is most likely the name. */
  typed: string;
  onDone: (id: string) => void;
}

const typingMilliseconds = 250;

/** Four fields and Enter. Who may be the same person is shown before anybody is registered twice. */
export function NewMember({ typed, onDone }: NewMemberProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [person, setPerson] = useState(() => firstGuess(typed));
  const [checked, setChecked] = useState(false);
  const register = useRegister();
  const alike = useAlike(person);
  const form = useRef<HTMLFormElement>(null);
  const wrong = register.error instanceof ApiError ? register.error.fields : [];
  const missing = { firstName: person.firstName.trim() === '', lastName: person.lastName.trim() === '' };
  const field = (name: keyof Person, more: { type?: string; optional?: boolean; focus?: boolean } = {}) => ({
    name,
    label: more.optional === true ? <Optional label={t(`new.${name}`)} /> : t(`new.${name}`),
    value: person[name] ?? '',
    type: more.type ?? 'text',
    autoComplete: 'off',
    autoFocus: more.focus ?? false,
    error:
      (checked && name in missing && missing[name as 'firstName'] && t('new.missing')) ||
      wrong.find((each) => each.field === name)?.detail,
    onChange: (event: SyntheticEvent<HTMLInputElement>) => {
      setPerson({ ...person, [name]: event.currentTarget.value });
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setChecked(true);
    if (missing.firstName || missing.lastName) {
      const empty = missing.firstName ? '[name=firstName]' : '[name=lastName]';
      form.current?.querySelector<HTMLInputElement>(empty)?.focus();
      return;
    }
    register.run(cleaned(person), (id) => {
      onDone(id);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      void navigate('/desk');
    }
  };
  return (
    <form ref={form} className={classes.form} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      <h2 className={classes.title}>{t('new.title')}</h2>
      <TextInput {...field('firstName', { focus: true })} />
      <TextInput {...field('lastName')} />
      <TextInput {...field('phone', { type: 'tel', optional: true })} inputMode="tel" />
      <TextInput {...field('email', { type: 'email', optional: true })} />
      <Alike people={alike} onOpen={(id) => void navigate(`/desk/${id}`)} />
      {wrong.length === 0 && <InlineError error={register.error} />}
      <div className={classes.buttons}>
        <Button type="submit" className={classes.submit} loading={register.pending}>
          {person.firstName.trim() === '' ? t('new.button') : t('new.buttonFor', { name: person.firstName.trim() })}
        </Button>
        <Button variant="default" className={classes.submit} onClick={() => void navigate('/desk')}>
          {t('app.cancel')}
        </Button>
      </div>
      <p className={classes.hint}>{t('new.hint')}</p>
    </form>
  );
}

export function Optional({ label }: { label: string }) {
  const { t } = useTranslation();
  return (
    <>
      {label} <span className={classes.optional}>{t('new.optional')}</span>
    </>
  );
}

/** Letters are a name, digits a phone number. */
function firstGuess(typed: string): Person {
  const words = typed.trim();
  if (/^[+\d][\d\s().-]{5,}$/.test(words)) {
    return { firstName: '', lastName: '', phone: words, email: '' };
  }
  const [first = '', ...rest] = words.split(/\s+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return /\d|@/.test(words)
    ? { firstName: '', lastName: '', phone: '', email: words.includes('@') ? words : '' }
    : { firstName: first, lastName: rest.join(' '), phone: '', email: '' };
}

function cleaned({ firstName, lastName, email, phone }: Person): Person {
  const orNull = (value: string | null) => (value === null || value.trim() === '' ? null : value.trim());
  return {
    firstName: firstName.trim(),
    lastName: lastName.trim(),
    email: orNull(email),
    phone: orNull(phone),
  };
}

/** Who may be the same person, asked once the typing rests. */
export function useAlike(person: Person): readonly MemberItem[] {
  const settled = useDebounced(person, typingMilliseconds);
  const asked = cleaned(settled);
  const alike = useQuery({
    queryKey: ['members', 'alike', asked],
    enabled: asked.firstName !== '' && asked.lastName !== '',
    queryFn: ({ signal }) => bodyOf(api.POST('/api/members/alike', { body: asked, signal })),
  });
  return alike.data?.items ?? [];
}

/** Those, each to be opened instead. */
export function Alike({ people, onOpen }: { people: readonly MemberItem[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <div role="status" className={classes.alike}>
      {people.length > 0 && (
        <>
          <p className={classes.alikeTitle}>{t('new.alike', { count: people.length })}</p>
          <ul>
            {people.map(({ id, displayName, photoUrl, code, phone, status, expiresOn }) => (
              <li key={id}>
                <button
                  type="button"
                  className={classes.same}
                  onClick={() => {
                    onOpen(id);
                  }}
                >
                  <Photo name={displayName} photoUrl={photoUrl} />
                  <span className={classes.who}>
                    <span className={classes.name}>{displayName}</span>
                    <span className={classes.more}>{[code, phone].filter(Boolean).join(' · ')}</span>
                  </span>
                  <StatusTag status={status} expiresOn={expiresOn} />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
