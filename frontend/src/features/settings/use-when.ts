import { useClub } from '@/lib/club';
import { formatClock, formatDate, siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';

/** Day and time as the club's wall shows them: `24 nov., 18 h 05`, or the time alone when it is today. */
export function useWhen(): (at: string) => string {
  const { timeZone } = useClub();
  const language = useLanguage();
  return (text) => {
    const at = Date.parse(text);
    const today = siteDate(Date.now(), timeZone);
    const day = siteDate(at, timeZone);
    const clock = formatClock(at, timeZone, language);
    return day === today ? clock : `${formatDate(day, today, language)}, ${clock}`;
  };
}
