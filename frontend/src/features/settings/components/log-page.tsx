import { Button } from '@mantine/core';
import { IconDownload, IconHistory } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StatePanel } from '@/components/state-panel';
import { api, bodyOf, type Answer } from '@/lib/api-client';
import { useDebounced } from '@/lib/use-debounced';
import { useLanguage } from '@/lib/use-language';
import { useWhen } from '../use-when';
import { Choice, Field, Loaded, Part, Tag } from './parts';
import classes from './settings.module.css';

const areas = ['member', 'membership', 'staff', 'role', 'gate', 'zone', 'site', 'plan', 'import'] as const;

function useLog(words: string, area: string) {
  return useInfiniteQuery({
    queryKey: ['settings', 'log', words, area],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) => {
      // The description knows none of the filters: they are read from the address as they stand.
      const query = { query: words, area: area === '' ? undefined : area, before: pageParam };
      return bodyOf(api.GET('/api/audit', { params: { query } as never, signal }));
    },
    getNextPageParam: (page: Answer<'AuditAnswer'>) => page.before ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function LogPage() {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [area, setArea] = useState('');
  const searched = useDebounced(words.trim(), 250);
  const log = useLog(searched, area);
  const filter = new URLSearchParams({ query: searched, ...(area === '' ? {} : { area }) });
  return (
    <div className={`${classes.column} ${classes.wide}`}>
      <Part title={t('settings.log.title')} testId="log">
        <div className={classes.row}>
          <Field label={t('settings.log.search')} value={words} onChange={setWords} />
          <Choice
            label={t('settings.log.area')}
            value={area}
            data={[
              { value: '', label: t('settings.log.all') },
              ...areas.map((value) => ({ value, label: t(`settings.log.areas.${value}`) })),
            ]}
            onChange={setArea}
          />
          <Button
            component="a"
            href={`/api/audit/export?format=xlsx&${filter.toString()}`}
            variant="default"
            className={classes.tight}
            leftSection={<IconDownload size={18} stroke={1.75} />}
          >
            {t('members.xlsx')}
          </Button>
          <Button
            component="a"
            href={`/api/audit/export?format=csv&${filter.toString()}`}
            variant="default"
            className={classes.tight}
          >
            {t('members.csv')}
          </Button>
        </div>
        <Loaded query={log}>
          {({ pages }) => <LogTable items={pages.flatMap((page) => page.items)} />}
        </Loaded>
        {log.hasNextPage && (
          <div className={classes.actions}>
            <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
              {t('settings.log.more')}
            </Button>
          </div>
        )}
      </Part>
    </div>
  );
}

function LogTable({ items }: { items: Answer<'AuditItem'>[] }) {
  const { t } = useTranslation();
  return items.length === 0 ? (
    <StatePanel icon={IconHistory} title={t('settings.log.none')} help={<p>{t('settings.log.noneHelp')}</p>} />
  ) : (
    <div className={classes.scroll} role="group" aria-label={t('settings.log.title')} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('settings.log.when')}</th>
            <th scope="col">{t('settings.log.who')}</th>
            <th scope="col">{t('settings.log.what')}</th>
            <th scope="col">{t('settings.log.whom')}</th>
            <th scope="col">{t('settings.log.from')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <LogRow key={item.position} item={item} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LogRow({ item }: { item: Answer<'AuditItem'> }) {
  const when = useWhen();
  const language = useLanguage();
  return (
    <tr>
      <td>
        <time dateTime={item.at}>{when(item.at)}</time>
      </td>
      <td>{item.staffName ?? item.staffId}</td>
      <td>
        {item.text[language]} {item.refusal !== null && <Tag kind="deny">{item.refusal}</Tag>}
        {item.reason !== null && <p className={classes.second}>{item.reason}</p>}
      </td>
      <td>{item.targetName ?? <span className={classes.second}>–</span>}</td>
      <td>
        <span className={classes.second}>{[item.device, item.place].filter(Boolean).join(' · ') || '–'}</span>
      </td>
    </tr>
  );
}
