import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconNote, IconX } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { InlineError } from '@/components/inline-error';
import { useClub, useClubNow } from '@/lib/club';
import { useMay } from '@/lib/rights';
import { formatMoment } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useRemoveNote, useWriteNote } from '../api/commands';
import type { Member } from '../api/member';
import classes from './notes-card.module.css';

/** What people at the desk should know of each other: who prefers what, who was promised what. */
export function NotesCard({ member }: { member: Member }) {
  const { t } = useTranslation();
  const mayWrite = useMay('members.write');
  return (
    <Card testId="notes" title={t('notes.title')}>
      <ul className={classes.notes}>
        {member.notes.map((note) => (
          <NoteRow key={note.id} member={member} note={note} mayWrite={mayWrite} />
        ))}
      </ul>
      {mayWrite && <WriteNote member={member} />}
    </Card>
  );
}

interface NoteRowProps {
  member: Member;
  note: Member['notes'][number];
  mayWrite: boolean;
}

function NoteRow({ member, note, mayWrite }: NoteRowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useClub();
  const now = useClubNow();
  const remove = useRemoveNote(member.id);
  return (
    <li className={classes.note}>
      <IconNote size={20} stroke={1.75} aria-hidden="true" />
      <div className={classes.words}>
        <p className={classes.text}>{note.text ?? t('notes.erased')}</p>
        <p className={classes.author}>
          {[note.author, formatMoment(Date.parse(note.at), now, timeZone, language)].filter(Boolean).join(', ')}
        </p>
        <InlineError error={remove.error} />
      </div>
      {mayWrite && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('notes.remove')}
          disabled={remove.pending}
          onClick={() => {
            remove.run(note.id);
          }}
        >
          <IconX size={18} stroke={1.75} />
        </ActionIcon>
      )}
    </li>
  );
}

function WriteNote({ member }: { member: Member }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const write = useWriteNote(member.id);
  const save = () => {
    if (text.trim() !== '') {
      write.run(text.trim(), () => {
        setText('');
      });
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    }
  };
  return (
    <div className={classes.write} onKeyDown={onKeyDown}>
      <Textarea
        aria-label={t('notes.field')}
        placeholder={t('notes.field')}
        size="sm"
        rows={text === '' ? 1 : 3}
        maxLength={2000}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      {text !== '' && (
        <Button variant="default" loading={write.pending} onClick={save}>
          {t('notes.save')}
        </Button>
      )}
      <InlineError error={write.error} />
    </div>
  );
}
