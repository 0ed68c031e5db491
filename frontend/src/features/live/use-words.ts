import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/lib/use-language';
import { decisionWords, type DecisionWords } from './decision-words';
import { lookupOf } from './live-lookup';
import type { FeedItem, LiveState } from './live-merge';

export function useWords(state: LiveState, now: number): (item: FeedItem) => DecisionWords {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sites, zones, gates } = state;
  const lookup = useMemo(() => lookupOf(sites, zones, gates), [sites, zones, gates]);
  return useCallback(
    (item: FeedItem) => decisionWords(item, { t, language, lookup, now }),
    [t, language, lookup, now],
  );
}
