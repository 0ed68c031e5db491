import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '@/lib/api-client';
import { useLanguage } from '@/lib/use-language';
import { importFile, type ImportProgress } from '../api/import-file';
import { Part, Tag } from './parts';
import classes from './settings.module.css';

type Report = Answer<'ImportReport'>;

/** A file is always looked at first; only one without a mistake can be taken in. */
export function ImportPage() {
  const { t } = useTranslation();
  const id = useId();
  const [file, setFile] = useState<File | null>(null);
  const [progress, setProgress] = useState<ImportProgress | null>(null);
  const run = useMutation({
    mutationFn: ({ chosen, dryRun }: { chosen: File; dryRun: boolean }) => importFile(chosen, dryRun, setProgress),
    onMutate: () => {
      setProgress(null);
    },
  });
  const report = run.data?.report ?? null;
  return (
    <div className={classes.column}>
      <Part title={t('settings.import.title')} testId="import">
        <p className={classes.help}>{t('settings.import.help')}</p>
        <p className={classes.code}>{t('settings.import.columns')}</p>
        <label htmlFor={id} className={classes.sub}>
          {t('settings.import.file')}
        </label>
        <input
          id={id}
          type="file"
          accept=".csv,.txt,.xlsx"
          disabled={run.isPending}
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0] ?? null;
            setFile(chosen);
            run.reset();
            if (chosen !== null) {
              run.mutate({ chosen, dryRun: true });
            }
          }}
        />
        {run.isPending && (
          <progress
            aria-label={t('settings.import.working')}
            max={progress?.total === 0 ? undefined : progress?.total}
            value={progress === null || progress.total === 0 ? undefined : progress.done}
            style={{ width: '100%' }}
          />
        )}
        {(run.isError || (run.isSuccess && report === null)) && (
          <p className={classes.fault} role="alert">
            {t('settings.import.failed')}
          </p>
        )}
        {report !== null && !run.isPending && <Result report={report} />}
        {report !== null && !report.applied && report.errorCount === 0 && file !== null && (
          <div className={classes.actions}>
            <Button
              loading={run.isPending}
              onClick={() => {
                run.mutate({ chosen: file, dryRun: false });
              }}
            >
              {t('settings.import.take', { count: report.members })}
            </Button>
          </div>
        )}
      </Part>
    </div>
  );
}

function Result({ report }: { report: Report }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { members, memberships, badges } = report;
  return (
    <div role="status" className={classes.list}>
      <div className={classes.actions}>
        {report.errorCount > 0 ? (
          <Tag kind="deny">{t('settings.import.errors', { count: report.errorCount })}</Tag>
        ) : (
          <Tag kind="grant">{report.applied ? t('settings.import.done') : t('settings.import.ready')}</Tag>
        )}
      </div>
      <p className={classes.help}>{t('settings.import.sum', { members, memberships, badges })}</p>
      {report.errors.map((error) => (
        <p key={`${error.line} ${error.column} ${error.code}`} className={classes.help}>
          {t('settings.import.at', { line: error.line, column: error.column, text: error.text[language] })}
        </p>
      ))}
    </div>
  );
}
