import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Photo } from '@/components/photo';
import type { DecisionWords } from '../decision-words';
import type { FeedItem } from '../live-merge';
import classes from './refusals.module.css';

interface RefusalCardProps {
  item: FeedItem;
  words: DecisionWords;
  /** The first card holds the one next step of the screen. */
  first: boolean;
  onDone: () => void;
}

export function RefusalCard({ item, words, first, onDone }: RefusalCardProps) {
  const { t } = useTranslation();
  const { headline, reason, place, time } = words;
  return (
    <li className={classes.card} data-position={item.position ?? undefined}>
      <Photo name={item.member?.displayName ?? null} photoUrl={item.member?.photoUrl ?? null} large refused />
      <div className={classes.words}>
        <h3 className={classes.name} title={headline}>
          {headline}
        </h3>
        <p className={classes.why}>
          {reason !== '' && <span className={classes.reason}>{reason}</span>}
          <span className={classes.where}>{[place, time].filter(Boolean).join(', ')}</span>
        </p>
      </div>
      <Button
        variant={first ? 'filled' : 'default'}
        className={classes.done}
        aria-label={t('live.refusals.doneFor', { name: headline })}
        onClick={(event) => {
          // The second half of a double click would land on the card that has just taken this one's place.
          if (event.detail <= 1) {
            onDone();
          }
        }}
      >
        {t('live.refusals.done')}
      </Button>
    </li>
  );
}
