import type { TFunction } from 'i18next';
import type { Language } from '@/lib/i18n';
import { formatClock } from '@/lib/time-format';
import { kindOf, type FeedItem } from './live-merge';
import type { Lookup } from './live-lookup';
import { reasonText } from '@/lib/reason-text';

export interface DecisionWords {
  /** The person; for an unknown badge, what is known of it. */
  headline: string;
  /** Why the door refused. Empty where the headline already says it, and for who may pass. */
  reason: string;
  place: string;
  time: string;
  verdict: string;
  /** What is remarkable about a passage that was allowed. */
  remarks: string[];
}

const spokenFlags = ['not_inside', 'same_visit', 'offline', 'late_passage', 'by_hand'] as const;

export interface WordsContext {
  t: TFunction;
  language: Language;
  lookup: Lookup;
  now: number;
}

export function decisionWords(item: FeedItem, { t, language, lookup, now }: WordsContext): DecisionWords {
  const timeZone = lookup.timeZone(lookup.siteOfDecision(item));
  const refused = item.decision === 'deny';
  const zoneName = lookup.zoneName(item);
  const reason = refused ? reasonText(item, { t, language, timeZone, zoneName, now }) : '';
  const nameless = refused ? reason : t('live.person.unknown');
  return {
    headline: item.member?.displayName ?? nameless,
    reason: item.member === null ? '' : reason,
    place: lookup.gateName(item) || zoneName,
    time: formatClock(Date.parse(item.at), timeZone, language),
    verdict: t(`live.verdict.${kindOf(item)}`),
    remarks: spokenFlags.filter((flag) => item.flags.includes(flag)).map((flag) => t(`live.flag.${flag}`)),
  };
}
