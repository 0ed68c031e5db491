import { IconArrowRight, IconCheck, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { Photo } from '@/components/photo';
import { kindOf, type FeedItem, type Kind } from '../live-merge';
import classes from './feed.module.css';

interface FeedRowProps {
  item: FeedItem;
  headline: string;
  reason: string;
  place: string;
  time: string;
  justNow: boolean;
  verdict: string;
  remarks: string;
  moving: boolean;
}

const icons: Record<Kind, typeof IconCheck> = { entry: IconCheck, exit: IconArrowRight, refusal: IconX };

/** One quiet line. Its props are plain words, so that it is drawn again only when something in it reads differently. */
export const FeedRow = memo(function FeedRow(props: FeedRowProps) {
  const { item, headline, reason, place, time, justNow, verdict, remarks, moving } = props;
  const kind = kindOf(item);
  const VerdictIcon = icons[kind];
  const rest = [place, reason === '' ? item.planName : null, remarks].filter(Boolean).join(' · ');
  return (
    <li
      className={classes.row}
      data-position={item.position ?? undefined}
      data-kind={kind}
      data-moving={moving || undefined}
    >
      <time className={classes.time} dateTime={item.at} data-now={justNow || undefined}>
        {time}
      </time>
      <Photo name={item.member?.displayName ?? null} photoUrl={item.member?.photoUrl ?? null} />
      <div className={classes.who}>
        <p className={classes.name} title={headline}>
          {headline}
        </p>
        <p className={classes.where}>
          {reason !== '' && <span className={classes.reason}>{reason}</span>}
          {reason !== '' && rest !== '' && ' · '}
          {rest}
        </p>
      </div>
      <p className={classes.verdict}>
        <VerdictIcon size={20} stroke={2.4} aria-hidden="true" />
        <span>{verdict}</span>
      </p>
    </li>
  );
});
