import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Dialog } from '@/components/dialog';
import { InlineError } from '@/components/inline-error';
import type { Answer } from '@/lib/api-client';
import { useLanguage } from '@/lib/use-language';
import { undoImport, type UndoProgress } from '../api/import-file';
import { importsKey, type ImportItem } from '../api/imports';
import { Progress, Tag } from './parts';
import classes from './settings.module.css';

interface ImportUndoProps {
  item: ImportItem;
  when: string;
  onClose: () => void;
}

/** Takes an import back after asking why; says while it works how far it is, and at its end who stays. */
export function ImportUndo({ item, when, onClose }: ImportUndoProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const [progress, setProgress] = useState<UndoProgress | null>(null);
  const undo = useMutation({
    mutationFn: (why: string) => undoImport(item.id, why, setProgress),
    onSettled: () => cache.invalidateQueries({ queryKey: importsKey }),
  });
  const report = undo.data?.report ?? null;
  const missing = reason.trim() === '';
  const run = () => {
    setChecked(true);
    if (!missing && !undo.isPending) {
      undo.mutate(reason.trim());
    }
  };
  return (
    <Dialog title={t('settings.import.undoTitle', { when })} onClose={onClose} testId="import-undo">
      {report !== null ? (
        <Report report={report} onClose={onClose} />
      ) : (
        <div
          className={classes.form}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              run();
            }
          }}
        >
          <p className={classes.help}>{t('settings.import.undoHelp', { count: item.members })}</p>
          <Textarea
            label={t('reason.label')}
            autoFocus
            rows={2}
            maxLength={2000}
            value={reason}
            disabled={undo.isPending}
            error={checked && missing && t('reason.missing')}
            onChange={(event) => {
              setReason(event.currentTarget.value);
            }}
          />
          {undo.isPending && <Progress label={t('settings.import.undoing')} progress={progress} />}
          <InlineError error={undo.error} />
          <div className={classes.actions}>
            <Button variant="outline" color="var(--sc-deny-text)" loading={undo.isPending} onClick={run}>
              {t('settings.import.undoButton')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('settings.import.keep')}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function Report({ report, onClose }: { report: Answer<'UndoReport'>; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div role="status" className={classes.form}>
      <div className={classes.actions}>
        <Tag kind="grant">{t('settings.import.withdrawn', { count: report.withdrawn })}</Tag>
        {report.keptCount > 0 && <Tag kind="warn">{t('settings.import.kept', { count: report.keptCount })}</Tag>}
      </div>
      {report.keptCount > 0 && <p className={classes.help}>{t('settings.import.keptHelp')}</p>}
      <ul className={classes.kept}>
        {report.kept.map((member) => (
          <li key={member.id}>
            <Link to={`/members/${member.id}`} className={classes.name}>
              {member.displayName}
            </Link>
            <p className={classes.second}>
              {t('settings.import.keptAt', { line: member.line, text: member.text[language] })}
            </p>
          </li>
        ))}
      </ul>
      <div className={classes.actions}>
        <Button onClick={onClose}>{t('app.close')}</Button>
      </div>
    </div>
  );
}
