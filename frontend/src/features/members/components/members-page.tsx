import { Button } from '@mantine/core';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { LongTable } from '@/components/long-table';
import { OfflineBanner } from '@/components/offline-banner';
import { Page } from '@/components/page';
import { PageHeader } from '@/components/page-header';
import { usePlacedRows } from '@/components/placed-rows';
import { StatePanel } from '@/components/state-panel';
import { useMay } from '@/lib/rights';
import { useDebounced } from '@/lib/use-debounced';
import { membersList, type MemberFilter } from '../api/lists';
import { readColumns } from '../chosen-columns';
import { useSelection } from '../use-selection';
import { ColumnChooser } from './column-chooser';
import { ExportMenu } from './export-menu';
import { MemberFilters } from './member-filters';
import { ListFault } from './list-fault';
import { ListInstead } from './list-instead';
import { SearchField } from './search-field';
import { SelectionBar } from './selection-bar';
import { useMemberColumns } from './member-columns';
import classes from './members-page.module.css';

const typingMilliseconds = 150;

/** Find a group and act on it. */
export function MembersPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<MemberFilter>({});
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState(readColumns);
  const words = useDebounced(typed, typingMilliseconds).trim();
  const asked = useMemo(() => (words === '' ? filter : { ...filter, query: words }), [filter, words]);
  const { first, rows, error } = usePlacedRows(useMemo(() => membersList(asked), [asked]));
  const selection = useSelection(asked);
  const columns = useMemberColumns({ shown, filter, setFilter, selection });
  return (
    <Page fixed title={t('members.title')}>
      <Header total={rows.total} asked={asked}>
        <ColumnChooser shown={shown} onShow={setShown} />
      </Header>
      <OfflineBanner help={t('desk.offline')} />
      <div className={classes.tools}>
        <SearchField typed={typed} onType={setTyped} />
        <MemberFilters filter={filter} onFilter={setFilter} />
      </div>
      <ListFault error={error} />
      <LongTable
        label={t('members.title')}
        columns={columns}
        rows={rows}
        keyOf={({ id }) => id}
        list={asked}
        instead={
          <ListInstead list={first}>
            <NobodyThere filtered={words !== '' || Object.keys(filter).length > 0} />
          </ListInstead>
        }
      />
      <SelectionBar selected={selection.selected} onClear={selection.clear} />
    </Page>
  );
}

interface HeaderProps {
  total: number | null;
  asked: MemberFilter;
  children: ReactNode;
}

function Header({ total, asked, children }: HeaderProps) {
  const { t } = useTranslation();
  const mayWrite = useMay('members.write');
  return (
    <PageHeader
      title={t('members.title')}
      note={total === null ? undefined : t('members.count', { count: total })}
    >
      {children}
      <ExportMenu asked={asked} />
      {mayWrite && (
        <Button component={Link} to="/desk/new" leftSection={<IconUserPlus size={18} stroke={1.75} />}>
          {t('desk.new')}
        </Button>
      )}
    </PageHeader>
  );
}

/** First use and nothing found are two different texts. */
function NobodyThere({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation();
  return filtered ? (
    <StatePanel icon={IconUsers} title={t('members.nothing')} help={t('members.nothingHelp')} />
  ) : (
    <StatePanel icon={IconUsers} title={t('members.none')} help={t('members.noneHelp')} />
  );
}
