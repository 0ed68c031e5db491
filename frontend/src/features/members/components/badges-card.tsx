import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { InlineError } from '@/components/inline-error';
import { useClub, useClubNow } from '@/lib/club';
import { useMay } from '@/lib/rights';
import { formatMoment } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useGiveBadge, useRevokeBadge } from '../api/commands';
import type { Member } from '../api/member';
import classes from './member-page.module.css';

const kinds = ['rfid', 'nfc', 'barcode', 'qr'] as const;
const kindsKnown = [...kinds, 'biometric_ref'] as const;

/** Badges and codes. A new one is held to the desk's reader, or typed; its value is never shown again. */
export function BadgesCard({ member }: { member: Member }) {
  const { t } = useTranslation();
  const mayWrite = useMay('credentials.write');
  return (
    <Card testId="badges" title={t('badges.title')}>
      <ul className={classes.list}>
        {member.credentials.map((badge) => (
          <BadgeRow key={badge.id} member={member} badge={badge} mayWrite={mayWrite} />
        ))}
      </ul>
      {mayWrite && <GiveBadge member={member} />}
    </Card>
  );
}

interface BadgeRowProps {
  member: Member;
  badge: Member['credentials'][number];
  mayWrite: boolean;
}

function BadgeRow({ member, badge, mayWrite }: BadgeRowProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useClub();
  const now = useClubNow();
  const revoke = useRevokeBadge(member.id);
  const { id, kind, revoked, addedAt } = badge;
  const known = kindsKnown.find((each) => each === kind);
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <p className={classes.name}>{known === undefined ? t('badges.unknown') : t(`badges.kind.${known}`)}</p>
        <p className={classes.more}>
          {addedAt !== null &&
            t('badges.since', { date: formatMoment(Date.parse(addedAt), now, timeZone, language) })}
        </p>
        <InlineError error={revoke.error} />
      </div>
      {revoked && <span className={classes.more}>{t('badges.revoked')}</span>}
      {!revoked && mayWrite && (
        <Button
          variant="default"
          size="xs"
          loading={revoke.pending}
          onClick={() => {
            revoke.run(id);
          }}
        >
          {t('badges.revoke')}
        </Button>
      )}
    </li>
  );
}

function GiveBadge({ member }: { member: Member }) {
  const { t } = useTranslation();
  const give = useGiveBadge(member.id);
  const [value, setValue] = useState('');
  const [kind, setKind] = useState<string>('rfid');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (value.trim() !== '') {
      give.run({ kind, value: value.trim() }, () => {
        setValue('');
      });
    }
  };
  return (
    <form className={classes.add} onSubmit={submit}>
      <div className={classes.addRow}>
        <TextInput
          aria-label={t('badges.value')}
          placeholder={t('badges.value')}
          size="sm"
          autoComplete="off"
          data-wedge="own"
          value={value}
          onChange={(event) => {
            setValue(event.currentTarget.value);
          }}
        />
        <NativeSelect
          aria-label={t('badges.kindLabel')}
          size="sm"
          value={kind}
          data={kinds.map((each) => ({ value: each, label: t(`badges.kind.${each}`) }))}
          onChange={(event) => {
            setKind(event.currentTarget.value);
          }}
        />
        <Button type="submit" variant="default" loading={give.pending}>
          {t('badges.give')}
        </Button>
      </div>
      <InlineError error={give.error} />
    </form>
  );
}
