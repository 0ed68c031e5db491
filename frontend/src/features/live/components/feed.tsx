import { SegmentedControl } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { useNow } from '@/lib/use-now';
import { arrivedUnder, feedFilters, filterFeed, isFeedFilter, type FeedFilter } from '../feed-filter';
import { useLiveView } from '../live-context';
import type { FeedItem, LiveState } from '../live-merge';
import type { LiveView } from '../live-store';
import { useHeld } from '../use-held';
import { useWords } from '../use-words';
import { FeedEmpty } from './feed-empty';
import { FeedRow } from './feed-row';
import { FeedSkeleton } from './feed-skeleton';
import classes from './feed.module.css';

const justNowMilliseconds = 10_000;
/** On a narrow screen the list stands in the page and shows no more until asked; the style sheet counts too. */
const rowsAtFirst = 12;

export function Feed() {
  const { t } = useTranslation();
  const view = useLiveView();
  const [filter, setFilter] = useState<FeedFilter>('all');
  const today = view.state?.today;
  return (
    <Card
      testId="feed"
      className={classes.feed}
      title={t('live.feed.title')}
      note={
        today === undefined
          ? undefined
          : t('live.feed.today', {
              entries: t('live.feed.entriesToday', { count: today.entries }),
              refusals: t('live.feed.refusalsToday', { count: today.refusals }),
            })
      }
      aside={
        <SegmentedControl
          fullWidth
          aria-label={t('live.feed.filter')}
          value={filter}
          onChange={(value) => {
            setFilter(isFeedFilter(value) ? value : 'all');
          }}
          data={feedFilters.map((value) => ({ value, label: t(`live.feed.${value}`) }))}
        />
      }
    >
      {view.state === null ? <FeedSkeleton /> : <FeedList view={view} state={view.state} filter={filter} />}
    </Card>
  );
}

interface FeedListProps {
  view: LiveView;
  state: LiveState;
  filter: FeedFilter;
}

interface Frozen {
  feed: readonly FeedItem[];
  arrivals: LiveView['arrivals'];
}

/** While the hand is in the list, the list stands still and says how many wait. */
function FeedList({ view, state, filter }: FeedListProps) {
  const { t } = useTranslation();
  const { held, hold } = useHeld();
  const [frozen, setFrozen] = useState<Frozen | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const newest = { feed: state.feed, arrivals: view.arrivals };
  if (held !== (frozen !== null)) {
    setFrozen(held ? newest : null);
  }
  const shown = frozen ?? newest;
  const waiting = arrivedUnder(view.arrivals, filter) - arrivedUnder(shown.arrivals, filter);
  const showNewest = () => {
    setFrozen(newest);
    if (scroller.current !== null) {
      scroller.current.focus({ preventScroll: true });
      scroller.current.scrollTop = 0;
    }
  };
  return (
    <div className={classes.holder} {...hold}>
      {waiting > 0 && (
        <button type="button" className={classes.waiting} onClick={showNewest}>
          {t('live.feed.waiting', { count: waiting })}
        </button>
      )}
      <div
        ref={scroller}
        className={classes.scroller}
        role="region"
        aria-label={t('live.feed.list')}
        tabIndex={0}
      >
        <Rows items={filterFeed(shown.feed, filter)} state={state} view={view} filter={filter} still={held} />
      </div>
    </div>
  );
}

interface RowsProps extends FeedListProps {
  items: FeedItem[];
  still: boolean;
}

function Rows({ items, state, view, filter, still }: RowsProps) {
  const { t } = useTranslation();
  const now = useNow(1_000) + view.clockOffset;
  const wordsOf = useWords(state, now);
  const offline = view.connection.kind === 'lost';
  const [all, setAll] = useState(false);
  if (items.length === 0) {
    return (
      <div className={classes.empty}>
        <FeedEmpty filter={filter} today={state.today} />
      </div>
    );
  }
  return (
    <ol className={classes.rows} data-all={all || undefined}>
      {items.map((item) => {
        const { headline, reason, place, time, verdict, remarks } = wordsOf(item);
        const justNow = !offline && now - Date.parse(item.at) < justNowMilliseconds;
        return (
          <FeedRow
            key={item.id}
            item={item}
            headline={headline}
            reason={reason}
            place={place}
            time={justNow ? t('time.now') : time}
            justNow={justNow}
            verdict={verdict}
            remarks={remarks.join(' · ')}
            moving={!still && view.moving.has(item.id)}
          />
        );
      })}
      {!all && items.length > rowsAtFirst && (
        <li className={classes.more}>
          <button
            type="button"
            onClick={() => {
              setAll(true);
            }}
          >
            {t('live.feed.more')}
          </button>
        </li>
      )}
    </ol>
  );
}
