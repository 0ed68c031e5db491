import { useTranslation } from 'react-i18next';
import type { Answer } from '@/lib/api-client';
import { importFields, leftOut, type Mapping } from '../api/import-file';
import { Choice } from './parts';
import own from './hours.module.css';
import classes from './settings.module.css';

interface ImportColumnsProps {
  report: Answer<'ImportReport'>;
  disabled: boolean;
  onChange: (change: Mapping) => void;
}

/** Which column is what: found by its usual names, and put right by hand. Each change looks at the file again. */
export function ImportColumns({ report, disabled, onChange }: ImportColumnsProps) {
  const { t } = useTranslation();
  const found = report.columns as Partial<Record<string, string>>;
  return (
    <fieldset className={own.group} data-testid="import-columns">
      <legend className={classes.sub}>{t('settings.import.mapping')}</legend>
      <p className={classes.help}>{t('settings.import.mappingHelp')}</p>
      <div className={classes.row}>
        {importFields.map((field) => (
          <Choice
            key={field}
            label={t(`settings.import.fields.${field}`)}
            disabled={disabled}
            value={found[field] ?? leftOut}
            data={[
              { value: leftOut, label: t('settings.import.leftOut') },
              ...report.fileColumns.filter((name) => name !== '').map((name) => ({ value: name, label: name })),
            ]}
            onChange={(column) => {
              onChange({ [field]: column });
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
