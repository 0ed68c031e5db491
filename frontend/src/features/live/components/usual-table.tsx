import { useTranslation } from 'react-i18next';
import { formatHour } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import type { UsualDay } from '../api/get-usual-day';
import { rowsOf } from '../usual-chart';
import classes from './usual-day.module.css';

/** The figures behind the chart, for whoever cannot see it or wants them exactly. */
export function UsualTable({ day }: { day: UsualDay }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rows = rowsOf(day);
  const number = (value: number) => value.toLocaleString(language, { maximumFractionDigits: 1 });
  return (
    <details className={classes.figures}>
      <summary>{t('usualFigures.figures')}</summary>
      <div className={classes.scroll} role="group" aria-label={t('usualFigures.figures')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('usualFigures.time')}</th>
              <th scope="col">{t('usualFigures.today')}</th>
              <th scope="col">{t('usualFigures.usual')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ time, today, usual }) => (
              <tr key={time}>
                <th scope="row">{formatHour(time, language)}</th>
                <td>{today ?? '–'}</td>
                <td>{usual === null ? '–' : number(usual.middle)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
