import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StatePanel } from '@/components/state-panel';
import { isAtWork, useImports, type ImportItem } from '../api/imports';
import { useWhen } from '../use-when';
import { ImportUndo } from './import-undo';
import { Loaded, Part, Progress, Tag } from './parts';
import classes from './settings.module.css';

/** What was taken in before, and the way back. */
export function ImportHistory() {
  const { t } = useTranslation();
  const imports = useImports();
  return (
    <Part title={t('settings.import.earlier')} testId="imports">
      <Loaded query={imports}>
        {(items) =>
          items.length === 0 ? (
            <StatePanel
              icon={IconFileImport}
              title={t('settings.import.none')}
              help={<p>{t('settings.import.noneHelp')}</p>}
            />
          ) : (
            <ul className={classes.list}>
              {items.map((item) => (
                <Row key={item.id} item={item} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </Part>
  );
}

const tones = { running: 'warn', done: 'grant', undoing: 'warn', undone: undefined } as const;

function Row({ item }: { item: ImportItem }) {
  const { t } = useTranslation();
  const when = useWhen();
  const [open, setOpen] = useState(false);
  const stage = item.stage as keyof typeof tones;
  const { members, memberships, badges } = item;
  const date = when(item.at);
  const undone = item.undoneAt !== null && item.withdrawn !== null;
  return (
    <li className={classes.item} data-testid="import-item">
      <div className={classes.grow}>
        <p className={classes.name}>{t('settings.import.of', { when: date, name: item.by })}</p>
        <p className={classes.second}>{t('settings.import.sum', { members, memberships, badges })}</p>
        {undone && (
          <p className={classes.second}>
            {t('settings.import.undoneBy', {
              when: when(item.undoneAt ?? ''),
              name: item.undoneBy,
              withdrawn: item.withdrawn,
              kept: item.kept,
            })}
          </p>
        )}
        {item.progress !== null && (
          <Progress
            label={t(item.stage === 'undoing' ? 'settings.import.undoing' : 'settings.import.working')}
            progress={{ done: item.progress, total: members }}
          />
        )}
      </div>
      <Tag kind={tones[stage]}>{t(isAtWork(item) ? 'settings.import.atWork' : `settings.import.stage.${stage}`)}</Tag>
      {item.stage !== 'undone' && !isAtWork(item) && (
        <Button
          variant="default"
          aria-label={t('settings.import.undoOf', { when: date })}
          onClick={() => {
            setOpen(true);
          }}
        >
          {t(item.stage === 'undoing' ? 'settings.import.goOn' : 'settings.import.undo')}
        </Button>
      )}
      {open && (
        <ImportUndo
          item={item}
          when={date}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </li>
  );
}
