import type { TFunction } from 'i18next';
import type { Language } from './i18n';
import { ageOf, formatClock, formatDate, siteDate } from './time-format';

interface Words {
  t: TFunction;
  language: Language;
  now: number;
  timeZone: string;
}

/** How a list says the hour of today, and another day. */
interface Sentences {
  clock: (time: string) => string;
  date: (date: string, time: string) => string;
}

const bare: Sentences = { clock: (time) => time, date: (date, time) => `${date}, ${time}` };

/** When it was, in the steps people use: how long ago within the hour, then the hour, then the day. */
export function timeWords(iso: string, { t, language, now, timeZone }: Words, say: Sentences = bare): string {
  const at = Date.parse(iso);
  const age = ageOf(at, now, timeZone);
  const time = formatClock(at, timeZone, language);
  switch (age.kind) {
    case 'now':
      return t('time.now');
    case 'seconds':
      return t('time.secondsAgo', { count: age.count });
    case 'minutes':
      return t('time.minutesAgo', { count: age.count });
    case 'clock':
      return say.clock(time);
    case 'date':
      return say.date(formatDate(siteDate(at, timeZone), siteDate(now, timeZone), language), time);
  }
}
