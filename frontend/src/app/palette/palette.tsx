import { IconSearch } from '@tabler/icons-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Dialog } from '@/components/dialog';
import { Kbd } from '@/components/kbd';
import { recentPeople } from '@/lib/recent-people';
import { useDebounced } from '@/lib/use-debounced';
import { useSearchMembers } from '@/features/members/api/search-members';
import { groupsFor, type PaletteItem } from './palette-items';
import { PaletteList } from './palette-list';
import { usePaletteActions, usePalettePages } from './palette-places';
import classes from './palette.module.css';

interface PaletteProps {
  rights: ReadonlySet<string>;
  onClose: () => void;
  onHelp: () => void;
}

const typingMilliseconds = 80;
const peopleMax = 7;

/** Finds people, places and actions. Enter opens, Ctrl Enter opens in a new tab. */
export function Palette({ rights, onClose, onHelp }: PaletteProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const listId = useId();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const asked = useDebounced(query, typingMilliseconds);
  const mayFind = rights.has('members.read');
  const search = useSearchMembers(mayFind ? asked : '');
  const people = query.trim() === '' ? [] : (search.data?.items ?? []).slice(0, peopleMax);
  const groups = groupsFor(
    query,
    people,
    recentPeople(),
    usePalettePages(rights),
    usePaletteActions(rights, onHelp),
  );
  const items = groups.flatMap((group) => group.items);
  const current = items[Math.min(chosen, items.length - 1)];
  const open = (item: PaletteItem, inNewTab: boolean) => {
    if (item.to !== undefined && inNewTab) {
      window.open(item.to, '_blank', 'noopener');
      return;
    }
    onClose();
    item.run?.();
    if (item.to !== undefined) {
      void navigate(item.to);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && items.length > 0) {
      event.preventDefault();
      setChosen((Math.min(chosen, items.length - 1) + step + items.length) % items.length);
    } else if (event.key === 'Enter' && current !== undefined && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(current, event.ctrlKey || event.metaKey);
    }
  };
  const waiting = search.isFetching || asked !== query;
  return (
    <Dialog bare title={t('palette.title')} onClose={onClose} testId="palette">
      <PaletteField
        query={query}
        listId={listId}
        current={current?.id}
        onQuery={(typed) => {
          setQuery(typed);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <PaletteList
        id={listId}
        groups={groups}
        chosen={current?.id}
        nothing={waiting ? '' : t('palette.nothing')}
        onChoose={(item) => {
          setChosen(items.indexOf(item));
        }}
        onOpen={open}
      />
    </Dialog>
  );
}

interface PaletteFieldProps {
  query: string;
  listId: string;
  current: string | undefined;
  onQuery: (typed: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function PaletteField({ query, listId, current, onQuery, onKeyDown }: PaletteFieldProps) {
  const { t } = useTranslation();
  return (
    <label className={classes.field}>
      <IconSearch size={20} stroke={1.75} aria-hidden="true" />
      <input
        className={classes.input}
        type="text"
        role="combobox"
        aria-label={t('palette.field')}
        aria-expanded={current !== undefined}
        aria-controls={listId}
        aria-activedescendant={current === undefined ? undefined : `${listId}-${current}`}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        placeholder={t('palette.field')}
        value={query}
        onChange={(event) => {
          onQuery(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
      />
      <Kbd>{t('help.key.escape')}</Kbd>
    </label>
  );
}
