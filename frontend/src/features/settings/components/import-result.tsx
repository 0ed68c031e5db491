import { useTranslation } from 'react-i18next';
import type { Answer } from '@/lib/api-client';
import { useLanguage } from '@/lib/use-language';
import { Tag } from './parts';
import own from './import.module.css';
import classes from './settings.module.css';

type Report = Answer<'ImportReport'>;

/** What a look at the file has found: what would come of it, and every mistake with its place. */
export function ImportResult({ report }: { report: Report }) {
  const { t } = useTranslation();
  const { members, memberships, badges, errors, errorCount } = report;
  return (
    <div role="status" className={own.result}>
      <div className={classes.actions}>
        {errorCount > 0 ? (
          <Tag kind="deny">{t('settings.import.errors', { count: errorCount })}</Tag>
        ) : (
          <Tag kind="grant">{report.applied ? t('settings.import.done') : t('settings.import.ready')}</Tag>
        )}
      </div>
      <p className={classes.help}>{t('settings.import.sum', { members, memberships, badges })}</p>
      {errors.length > 0 && <Mistakes errors={errors} />}
      {errorCount > errors.length && (
        <p className={classes.help}>{t('settings.import.further', { count: errorCount - errors.length })}</p>
      )}
    </div>
  );
}

function Mistakes({ errors }: Pick<Report, 'errors'>) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <table className={own.mistakes}>
      <thead>
        <tr>
          <th scope="col">{t('settings.import.line')}</th>
          <th scope="col">{t('settings.import.column')}</th>
          <th scope="col">{t('settings.import.why')}</th>
        </tr>
      </thead>
      <tbody>
        {errors.map(({ line, column, code, text }) => (
          <tr key={`${line} ${column} ${code}`}>
            <td>{line}</td>
            <td>{column}</td>
            <td>{text[language]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
