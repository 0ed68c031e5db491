import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { VisuallyHidden } from '@/components/visually-hidden';
import { useLive, useLiveView } from '../live-context';
import { kindOf, type FeedItem, type LiveState } from '../live-merge';
import type { Arrivals } from '../live-store';
import { useWords } from '../use-words';

const speakEveryMilliseconds = 1_000;

interface Spoken {
  /** Numbers the messages: the same words twice are two messages. */
  number: number;
  text: string;
}

const silence: Spoken = { number: 0, text: '' };

/** For who listens instead of looking: passages politely, refusals at once, each at most one message a second. */
export function Announcer() {
  const { state } = useLiveView();
  return state === null ? null : <Speaker state={state} />;
}

function Speaker({ state }: { state: LiveState }) {
  const { t } = useTranslation();
  const { store } = useLive();
  const wordsOf = useWords(state, 0);
  const [passages, setPassages] = useState(silence);
  const [refusals, setRefusals] = useState(silence);
  const speak = useRef<(added: Arrivals, feed: readonly FeedItem[]) => void>(() => undefined);
  useEffect(() => {
    speak.current = (added, feed) => {
      const passed = added.entry + added.exit + added.skipped;
      const newestPassage = feed.find((item) => kindOf(item) !== 'refusal');
      if (passed > 0 && newestPassage !== undefined) {
        const { verdict, headline, place } = wordsOf(newestPassage);
        const one = t('live.feed.announceOne', { verdict, name: headline, place });
        const text = passed === 1 ? one : t('live.feed.announceMany', { count: passed });
        setPassages((before) => ({ number: before.number + 1, text }));
      }
      const newestRefusal = feed.find((item) => kindOf(item) === 'refusal');
      if (added.refusal > 0 && newestRefusal !== undefined) {
        const { headline, reason, place } = wordsOf(newestRefusal);
        const one = t('live.refusals.announce', { name: headline, reason, place });
        const text = added.refusal === 1 ? one : t('live.refusals.announceMany', { count: added.refusal });
        setRefusals((before) => ({ number: before.number + 1, text }));
      }
    };
  }, [t, wordsOf]);
  useEffect(() => {
    let spoken = store.getView().arrivals;
    const timer = setInterval(() => {
      const { arrivals, state: current } = store.getView();
      if (arrivals !== spoken && current !== null) {
        speak.current(since(spoken, arrivals), current.feed);
        spoken = arrivals;
      }
    }, speakEveryMilliseconds);
    return () => {
      clearInterval(timer);
    };
  }, [store]);
  return (
    <>
      <div aria-live="polite">
        {passages.number > 0 && (
          <VisuallyHidden as="p" key={passages.number}>
            {passages.text}
          </VisuallyHidden>
        )}
      </div>
      <div aria-live="assertive">
        {refusals.number > 0 && (
          <VisuallyHidden as="p" key={refusals.number}>
            {refusals.text}
          </VisuallyHidden>
        )}
      </div>
    </>
  );
}

function since(before: Arrivals, after: Arrivals): Arrivals {
  return {
    entry: after.entry - before.entry,
    exit: after.exit - before.exit,
    refusal: after.refusal - before.refusal,
    skipped: after.skipped - before.skipped,
  };
}
