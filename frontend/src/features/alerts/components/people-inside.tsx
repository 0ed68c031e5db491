import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Photo } from '@/components/photo';
import { formatClock } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import type { Emergency, EmergencyPerson } from '../api/emergency';
import type { Ticks } from '../use-ticks';
import classes from './evacuation.module.css';

interface PeopleInsideProps {
  data: Emergency;
  ticks: Ticks;
  tick: (memberId: string, isOutside: boolean) => void;
  timeZone: string;
}

/** Who counts as inside, zone by zone; during an evacuation each is ticked off when seen outside. */
export function PeopleInside({ data, ticks, tick, timeZone }: PeopleInsideProps) {
  const { t } = useTranslation();
  const isOn = data.kind === 'evacuation';
  const isOutside = (person: EmergencyPerson) => ticks.get(person.id)?.isOutside ?? person.isOutside;
  // Somebody can count as inside of two zones, and is one person all the same.
  const listed = data.zones.flatMap((zone) => zone.people.map((person) => [person.id, person] as const));
  const everybody = [...new Map(listed).values()];
  const outside = everybody.filter(isOutside).length;
  const zones = data.zones.filter((zone) => zone.people.length > 0);
  return (
    <section className={classes.people} aria-label={t('evacuation.people')}>
      <p className={classes.score} role="status">
        {isOn
          ? t('evacuation.missing', { count: everybody.length - outside, all: everybody.length })
          : t('evacuation.inside', { count: everybody.length })}
      </p>
      {zones.map((zone) => (
        <div key={zone.id} className={classes.zone}>
          <h2 className={classes.zoneName}>
            {zone.name} <span className={classes.zoneCount}>{zone.people.length}</span>
          </h2>
          <ul>
            {zone.people.map((person) => (
              <Person
                key={person.id}
                person={person}
                isOn={isOn}
                isOutside={isOutside(person)}
                isWaiting={ticks.has(person.id)}
                timeZone={timeZone}
                onTick={() => {
                  tick(person.id, !isOutside(person));
                }}
              />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

interface PersonProps {
  person: EmergencyPerson;
  isOn: boolean;
  isOutside: boolean;
  isWaiting: boolean;
  timeZone: string;
  onTick: () => void;
}

function Person({ person, isOn, isOutside, isWaiting, timeZone, onTick }: PersonProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = person.displayName === '' ? t('evacuation.noName') : person.displayName;
  const since = t('evacuation.insideSince', { time: formatClock(Date.parse(person.since), timeZone, language) });
  return (
    <li className={classes.person} data-outside={isOutside || undefined}>
      <Photo name={name} photoUrl={person.photoUrl} />
      <div className={classes.who}>
        <p className={classes.name} title={name}>
          {name}
        </p>
        <p className={classes.since}>
          {isWaiting ? t('evacuation.waiting') : person.isUnsure ? t('evacuation.unsure', { since }) : since}
        </p>
      </div>
      {isOn && (
        <button
          type="button"
          className={classes.tick}
          aria-pressed={isOutside}
          aria-label={t('evacuation.tickLabel', { name })}
          onClick={onTick}
        >
          {isOutside && <IconCheck size={20} stroke={2.4} aria-hidden="true" />}
          {t('evacuation.tick')}
        </button>
      )}
    </li>
  );
}
