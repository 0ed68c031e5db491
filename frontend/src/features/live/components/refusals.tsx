import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type Dispatch } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeleton } from '@/components/skeleton';
import { VisuallyHidden } from '@/components/visually-hidden';
import { perTab, readStored, writeStored } from '@/lib/storage';
import { useNow } from '@/lib/use-now';
import { useLive, useLiveView } from '../live-context';
import type { FeedItem, LiveState } from '../live-merge';
import type { LiveView } from '../live-store';
import { cardsMax, useCards } from '../use-cards';
import { useHeld } from '../use-held';
import { useWords } from '../use-words';
import { HandledNotice } from './handled-notice';
import { RefusalCard } from './refusal-card';
import classes from './refusals.module.css';

const undoMilliseconds = 8_000;
const countKey = 'smartclub.live.cards';
const nothing: readonly FeedItem[] = [];

export function Refusals() {
  const view = useLiveView();
  return view.state === null ? <Coming /> : <OpenRefusals view={view} state={view.state} />;
}

/** As many as there were before the page was loaded again, so that nothing below moves when they come back. */
function Coming() {
  const [count] = useState(() => Math.min(Number(readStored(perTab, countKey) ?? 0), cardsMax));
  return (
    <div className={classes.refusals} aria-hidden="true">
      {count > 0 && (
        <div className={classes.list}>
          {Array.from({ length: count }, (_, card) => (
            <div key={card} className={classes.card} data-coming>
              <Skeleton width={84} height={84} radius="26%" />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

function OpenRefusals({ view, state }: { view: LiveView; state: LiveState }) {
  const { t } = useTranslation();
  const { store } = useLive();
  const { held, hold } = useHeld();
  const cards = useCards(view.open, held);
  const [handled, setHandled] = useUndoable();
  const list = useRef<HTMLUListElement>(null);
  const now = useNow(60_000) + view.clockOffset;
  const wordsOf = useWords(state, now);
  const handle = (items: readonly FeedItem[], index: number) => {
    store.markHandled(items);
    setHandled(items);
    // The keyboard goes on to the card that takes this one's place.
    requestAnimationFrame(() => {
      const buttons = list.current?.querySelectorAll('button') ?? [];
      (buttons[index] ?? buttons[buttons.length - 1])?.focus({ preventScroll: true });
    });
  };
  const more = view.open.length - cards.length;
  useEffect(() => {
    writeStored(perTab, countKey, String(cards.length));
  }, [cards.length]);
  return (
    <section className={classes.refusals} aria-label={t('live.refusals.title')} data-testid="refusals">
      {cards.length > 0 && (
        <div {...hold}>
          <VisuallyHidden as="h2">{t('live.refusals.title')}</VisuallyHidden>
          <ul ref={list} className={classes.list}>
            {cards.map((item, index) => (
              <RefusalCard
                key={item.id}
                item={item}
                words={wordsOf(item)}
                first={index === 0}
                onDone={() => {
                  handle([item], index);
                }}
              />
            ))}
          </ul>
          {more > 0 && (
            <div className={classes.more}>
              <p>{t('live.refusals.more', { count: more })}</p>
              <Button
                variant="subtle"
                color="gray"
                className={classes.all}
                onClick={() => {
                  handle(view.open, 0);
                }}
              >
                {t('live.refusals.all')}
              </Button>
            </div>
          )}
        </div>
      )}
      <HandledNotice
        items={handled}
        nameOf={(item) => wordsOf(item).headline}
        onUndo={() => {
          store.undoHandled(handled);
          setHandled(nothing);
        }}
      />
    </section>
  );
}

/** What was handled last, for as long as it can be taken back. */
function useUndoable(): [items: readonly FeedItem[], set: Dispatch<readonly FeedItem[]>] {
  const [items, setItems] = useState(nothing);
  useEffect(() => {
    const timer = setTimeout(() => {
      setItems(nothing);
    }, undoMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [items]);
  return [items, setItems];
}
