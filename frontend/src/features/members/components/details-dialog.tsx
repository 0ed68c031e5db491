import { Button } from '@mantine/core';
import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { InlineError } from '@/components/inline-error';
import { useChangeDetails, type Person } from '../api/commands';
import type { Member } from '../api/member';
import { cleaned, focusMissing, isOfAField, PersonFields } from './person-fields';
import classes from './new-member.module.css';

/** A name that was heard wrong, a new number: corrected in one place, seen everywhere. Enter saves. */
export function DetailsDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [checked, setChecked] = useState(false);
  const [person, setPerson] = useState<Person>({
    firstName: member.firstName ?? '',
    lastName: member.lastName ?? '',
    phone: member.phone,
    email: member.email,
  });
  const change = useChangeDetails(member.id);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!focusMissing(person, form)) {
      change.run(cleaned(person), onClose);
    }
  };
  return (
    <Dialog title={t('details.title')} onClose={onClose} testId="details">
      <form ref={form} className={classes.form} onSubmit={submit} noValidate>
        <p className={classes.hint}>{t('details.help')}</p>
        <PersonFields
          person={person}
          fields={['firstName', 'lastName', 'phone', 'email']}
          checked={checked}
          error={change.error}
          onChange={setPerson}
        />
        <InlineError error={isOfAField(change.error) ? null : change.error} />
        <div className={classes.buttons}>
          <Button type="submit" className={classes.submit} loading={change.pending}>
            {t('details.button')}
          </Button>
          <Button variant="default" className={classes.submit} onClick={onClose}>
            {t('app.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
