import { useMemo, useState } from 'react';
import { useClub, useClubNow } from '@/lib/club';
import { siteDate } from '@/lib/time-format';
import { useDebounced } from '@/lib/use-debounced';
import type { PassageFilter } from './api/lists';
import { timeOf, type Period } from './periods';

const typingMilliseconds = 150;

/** What visits and anomalies are both asked for: somebody, and a time. */
export function usePassages() {
  const { timeZone } = useClub();
  const [typed, setTyped] = useState('');
  const [period, setPeriod] = useState<Period | null>(null);
  const today = siteDate(useClubNow(), timeZone);
  const words = useDebounced(typed, typingMilliseconds).trim();
  const asked = useMemo<PassageFilter>(
    () => ({ ...(words !== '' && { query: words }), ...timeOf(period, today, timeZone) }),
    [words, period, today, timeZone],
  );
  return { asked, typed, setTyped, period, setPeriod };
}
