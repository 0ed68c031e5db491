import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importFile, type ImportProgress, type Mapping } from '../api/import-file';
import { importsKey } from '../api/imports';
import { ImportColumns } from './import-columns';
import { ImportFileField } from './import-file-field';
import { ImportHistory } from './import-history';
import { ImportResult } from './import-result';
import { Part, Progress } from './parts';
import classes from './settings.module.css';

/** A file is always looked at first; only one without a mistake can be taken in. */
export function ImportPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [mapping, setMapping] = useState<Mapping>({});
  const [progress, setProgress] = useState<ImportProgress | null>(null);
  const run = useMutation({
    mutationFn: ({ chosen, dryRun, columns }: { chosen: File; dryRun: boolean; columns: Mapping }) =>
      importFile(chosen, dryRun, columns, setProgress),
    onMutate: () => {
      setProgress(null);
    },
    onSettled: (_, __, { dryRun }) => (dryRun ? undefined : cache.invalidateQueries({ queryKey: importsKey })),
  });
  const report = run.data?.report ?? null;
  const isReady = report !== null && !report.applied && report.errorCount === 0;
  return (
    <div className={classes.column}>
      <Part title={t('settings.import.title')} testId="import">
        <p className={classes.help}>{t('settings.import.help')}</p>
        <p className={classes.code}>{t('settings.import.columns')}</p>
        <ImportFileField
          file={file}
          disabled={run.isPending}
          onChange={(chosen) => {
            setFile(chosen);
            setMapping({});
            run.reset();
            if (chosen !== null) {
              run.mutate({ chosen, dryRun: true, columns: {} });
            }
          }}
        />
        {run.isPending && <Progress label={t('settings.import.working')} progress={progress} />}
        {run.isPending && !run.variables.dryRun && <p className={classes.help}>{t('settings.import.goesOn')}</p>}
        {(run.isError || (run.isSuccess && report === null)) && (
          <p className={classes.fault} role="alert">
            {t('settings.import.failed')}
          </p>
        )}
        {report !== null && !report.applied && file !== null && (
          <ImportColumns
            report={report}
            disabled={run.isPending}
            onChange={(change) => {
              const columns = { ...mapping, ...change };
              setMapping(columns);
              run.mutate({ chosen: file, dryRun: true, columns });
            }}
          />
        )}
        {report !== null && !run.isPending && <ImportResult report={report} />}
        {isReady && file !== null && (
          <div className={classes.actions}>
            <Button
              loading={run.isPending}
              onClick={() => {
                run.mutate({ chosen: file, dryRun: false, columns: mapping });
              }}
            >
              {t('settings.import.take', { count: report.members })}
            </Button>
          </div>
        )}
      </Part>
      <ImportHistory />
    </div>
  );
}
