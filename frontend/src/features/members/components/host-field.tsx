import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Photo } from '@/components/photo';
import { useInside } from '../api/visitors';
import { Optional } from './person-fields';
import person from './new-member.module.css';
import classes from './visitors.module.css';

export interface Host {
  id: string;
  displayName: string;
}

interface HostFieldProps {
  host: Host | null;
  onHost: (host: Host | null) => void;
}

const shownAtMost = 5;

/** Whose guest it is: somebody who is inside now, found while typing. */
export function HostField({ host, onHost }: HostFieldProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const inside = useInside(words);
  if (host !== null) {
    return (
      <div className={classes.host}>
        <div className={classes.who}>
          <p className={classes.more}>{t('visitors.host')}</p>
          <p className={classes.name} title={host.displayName}>
            {host.displayName}
          </p>
        </div>
        <Button
          variant="default"
          onClick={() => {
            setWords('');
            onHost(null);
          }}
        >
          {t('visitors.noHost')}
        </Button>
      </div>
    );
  }
  const found = words.trim() === '' ? [] : (inside.data ?? []).slice(0, shownAtMost);
  return (
    <div>
      <TextInput
        label={<Optional label={t('visitors.host')} />}
        description={t('visitors.hostHelp')}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        autoComplete="off"
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
        }}
      />
      <div role="status">
        {words.trim() !== '' && inside.isSuccess && found.length === 0 && (
          <p className={classes.more}>{t('visitors.nobodyInside')}</p>
        )}
        {found.length > 0 && (
          <ul className={classes.hosts} aria-label={t('visitors.hosts')}>
            {found.map((member) => (
              <li key={member.id}>
                <button
                  type="button"
                  className={person.same}
                  onClick={() => {
                    onHost(member);
                  }}
                >
                  <Photo name={member.displayName} photoUrl={member.photoUrl} />
                  <span className={person.who}>
                    <span className={person.name}>{member.displayName}</span>
                    <span className={person.more}>
                      {[member.code, member.planName].filter(Boolean).join(' · ')}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
