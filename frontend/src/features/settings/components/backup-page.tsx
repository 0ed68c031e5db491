import { IconDatabaseExclamation } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StatePanel } from '@/components/state-panel';
import { formatBytes } from '@/lib/format-bytes';
import { useLanguage } from '@/lib/use-language';
import { useBackup, type Backup } from '../api/backup';
import { useWhen } from '../use-when';
import { Loaded, Part, Tag } from './parts';
import classes from './backup.module.css';
import settings from './settings.module.css';

/** The daily backup: whether there is a good one, what to do when there is none, and what to carry away. */
export function BackupPage() {
  const { t } = useTranslation();
  const backup = useBackup();
  const trouble = backup.data?.trouble ?? null;
  return (
    <div className={settings.column}>
      <Part title={t('settings.backup.title')} testId="backup">
        <p className={settings.help}>{t('settings.backup.help')}</p>
        <Loaded query={backup} height={208}>
          {(found) => <Standing backup={found} />}
        </Loaded>
      </Part>
      {trouble !== null && (
        <Part title={t('settings.backup.todo')} testId="backup-steps">
          <Steps trouble={trouble} />
        </Part>
      )}
      <Part title={t('settings.backup.kept')} testId="backup-kept">
        <p className={settings.help}>{t('settings.backup.keptHelp')}</p>
        <Loaded query={backup}>{({ kept }) => <Kept kept={kept} />}</Loaded>
      </Part>
    </div>
  );
}

function Standing({ backup }: { backup: Backup }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const when = useWhen();
  const { trouble, text, triedAt, triedOk, message, goodAt, goodRows, goodBytes } = backup;
  return (
    <>
      {text !== null && (
        <p className={classes.trouble} role="status">
          <IconDatabaseExclamation size={20} stroke={1.75} aria-hidden="true" />
          {text[language]}
        </p>
      )}
      <dl className={classes.facts}>
        <Fact name={t('settings.backup.good')}>
          {goodAt === null ? (
            t('settings.backup.none')
          ) : (
            <>
              <time dateTime={goodAt}>{when(goodAt)}</time>
              {trouble === 'backup_overdue' && <Tag kind="warn">{t('settings.backup.overdue')}</Tag>}
            </>
          )}
        </Fact>
        {goodBytes !== null && (
          <Fact name={t('settings.backup.size')}>
            {formatBytes(goodBytes, language)}
            <span className={settings.second}>{t('settings.backup.rows', { count: goodRows ?? 0 })}</span>
          </Fact>
        )}
        <Fact name={t('settings.backup.tried')}>
          {triedAt === null ? (
            t('settings.backup.never')
          ) : (
            <>
              <time dateTime={triedAt}>{when(triedAt)}</time>
              <Tag kind={triedOk === true ? 'grant' : 'deny'}>
                {t(triedOk === true ? 'settings.backup.ok' : 'settings.backup.failed')}
              </Tag>
              {message !== null && <span className={classes.message}>{message}</span>}
            </>
          )}
        </Fact>
      </dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const steps: Record<string, readonly ('wait' | 'reason' | 'space' | 'running' | 'now' | 'verify')[]> = {
  backup_missing: ['wait', 'now'],
  backup_failed: ['reason', 'space', 'now', 'verify'],
  backup_overdue: ['running', 'now', 'verify'],
};

const commands: Partial<Record<string, string>> = { now: './smartclub backup', verify: './smartclub verify' };

function Steps({ trouble }: { trouble: string }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.steps}>
      {(steps[trouble] ?? ['now']).map((step) => (
        <li key={step}>
          {t(`settings.backup.step.${step}`)}
          {commands[step] !== undefined && <code className={classes.command}>{commands[step]}</code>}
        </li>
      ))}
    </ol>
  );
}

function Kept({ kept }: { kept: Backup['kept'] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const when = useWhen();
  return kept.length === 0 ? (
    <StatePanel
      icon={IconDatabaseExclamation}
      title={t('settings.backup.keptNone')}
      help={t('settings.backup.keptNoneHelp')}
    />
  ) : (
    <ul className={settings.list}>
      {kept.map(({ at, bytes }) => (
        <li key={at} className={classes.kept}>
          <time dateTime={at}>{when(at)}</time>
          <span className={settings.second}>{formatBytes(bytes, language)}</span>
        </li>
      ))}
    </ul>
  );
}
