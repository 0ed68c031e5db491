import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { InlineError } from '@/components/inline-error';
import { Photo } from '@/components/photo';
import { StatusTag } from '@/components/status-tag';
import { api, bodyOf } from '@/lib/api-client';
import { useDebounced } from '@/lib/use-debounced';
import { useRegister, type Person } from '../api/commands';
import type { MemberItem } from '../api/search-members';
import { cleaned, focusMissing, isOfAField, PersonFields } from './person-fields';
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
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!focusMissing(person, form)) {
      register.run(cleaned(person), (id) => {
        onDone(id);
      });
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      void navigate('/desk');
    }
  };
  return (
    <form ref={form} className={classes.form} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      <h2 className={classes.title}>{t('new.title')}</h2>
      <PersonFields
        person={person}
        fields={['firstName', 'lastName', 'phone', 'email']}
        checked={checked}
        error={register.error}
        onChange={setPerson}
      />
      <Alike people={alike} onOpen={(id) => void navigate(`/desk/${id}`)} />
      <InlineError error={isOfAField(register.error) ? null : register.error} />
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
