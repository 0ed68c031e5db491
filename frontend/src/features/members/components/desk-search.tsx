import { IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Kbd } from '@/components/kbd';
import { Marked } from '@/components/marked';
import { Photo } from '@/components/photo';
import { Skeleton } from '@/components/skeleton';
import { StatusTag } from '@/components/status-tag';
import { recentPeople } from '@/lib/recent-people';
import { useDebounced } from '@/lib/use-debounced';
import { useSearchMembers, type MemberItem } from '../api/search-members';
import classes from './desk.module.css';

interface DeskSearchProps {
  field: RefObject<HTMLInputElement | null>;
  query: string;
  chosen: string | undefined;
  onQuery: (query: string) => void;
  onOpen: (id: string) => void;
  /** Registers who was not found; missing where nobody here may. */
  onNew?: (() => void) | undefined;
}

const typingMilliseconds = 80;

type Found = Pick<MemberItem, 'id' | 'displayName' | 'code' | 'photoUrl'> & Partial<MemberItem>;

interface Finding {
  query: string;
  onQuery: (query: string) => void;
  onOpen: (id: string) => void;
  onNew: (() => void) | undefined;
}

/** What was found, which of it the arrows chose, and what the keys do. */
function useFinding({ query, onQuery, onOpen, onNew }: Finding) {
  const asked = useDebounced(query, typingMilliseconds);
  const search = useSearchMembers(asked);
  const empty = query.trim() === '';
  const found: readonly Found[] = empty ? recentPeople() : (search.data?.items ?? []);
  const [at, setAt] = useState(0);
  const current = found[Math.min(at, found.length - 1)];
  // What was found for fewer letters stays in view meanwhile, but Enter never opens it.
  const settled = empty || (asked === query && !search.isPlaceholderData && search.data !== undefined);
  const nobody = !empty && settled && found.length === 0;
  const enter = () => {
    if (current !== undefined) {
      onOpen(current.id);
    } else if (nobody) {
      onNew?.();
    }
  };
  const wantsToEnter = useRef(false);
  useEffect(() => {
    if (wantsToEnter.current && settled) {
      wantsToEnter.current = false;
      enter();
    }
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, found.length - 1) + step + found.length) % found.length);
    } else if (event.key === 'Enter' && settled) {
      enter();
    } else if (event.key === 'Enter') {
      wantsToEnter.current = true;
    } else if (event.key === 'Escape') {
      onQuery('');
    }
  };
  const onType = (typed: string) => {
    onQuery(typed);
    setAt(0);
    wantsToEnter.current = false;
  };
  return { search, empty, found, current, nobody, setAt, onKeyDown, onType };
}

/** Finds while somebody types; arrows choose, Enter opens. */
export function DeskSearch({ field, query, chosen, onQuery, onOpen, onNew }: DeskSearchProps) {
  const { t } = useTranslation();
  const listId = useId();
  const { search, empty, found, current, nobody, setAt, onKeyDown, onType } = useFinding({
    query,
    onQuery,
    onOpen,
    onNew,
  });
  return (
    <>
      <label className={classes.field}>
        <IconSearch size={20} stroke={1.75} aria-hidden="true" />
        <input
          ref={field}
          className={classes.input}
          role="combobox"
          aria-label={t('desk.search')}
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-activedescendant={current === undefined ? undefined : `${listId}-${current.id}`}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          placeholder={t('desk.search')}
          value={query}
          onChange={(event) => {
            onType(event.currentTarget.value);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd>{empty ? '/' : t('help.key.escape')}</Kbd>
      </label>
      <Count found={empty ? null : search.data?.items.length} hasRecent={found.length > 0} />
      <ul id={listId} role="listbox" aria-label={t('desk.results')} className={classes.results}>
        {found.map((item, index) => (
          <Result
            key={item.id}
            id={`${listId}-${item.id}`}
            item={item}
            query={query}
            selected={item.id === current?.id}
            open={item.id === chosen}
            onPoint={() => {
              setAt(index);
            }}
            onOpen={onOpen}
          />
        ))}
        {!empty && search.isPending && <SearchSkeleton />}
      </ul>
      {nobody && (
        <div className={classes.nothing}>
          <p>{t('desk.nothing')}</p>
          {onNew !== undefined && <p className={classes.more}>{t('desk.nothingNew')}</p>}
        </div>
      )}
      {search.isError && <p className={classes.nothing}>{t('desk.searchFailed')}</p>}
    </>
  );
}

function SearchSkeleton() {
  return [148, 112, 164].map((width) => (
    <li key={width} className={classes.result} role="presentation" aria-hidden="true">
      <Skeleton width={40} height={40} radius="26%" />
      <span className={classes.who}>
        <Skeleton width={width} height={16} />
      </span>
    </li>
  ));
}

interface ResultProps {
  id: string;
  item: Found;
  query: string;
  selected: boolean;
  open: boolean;
  onPoint: () => void;
  onOpen: (id: string) => void;
}

function Result({ id, item, query, selected, open, onPoint, onOpen }: ResultProps) {
  return (
    <li
      id={id}
      role="option"
      aria-selected={selected}
      data-open={open || undefined}
      className={classes.result}
      onPointerMove={onPoint}
      onClick={() => {
        onOpen(item.id);
      }}
    >
      <Photo name={item.displayName} photoUrl={item.photoUrl} />
      <span className={classes.who}>
        <span className={classes.name} title={item.displayName}>
          <Marked text={item.displayName} query={query} />
        </span>
        <span className={classes.more}>{[item.code, item.planName].filter(Boolean).join(' · ')}</span>
      </span>
      {item.status !== undefined && <StatusTag status={item.status} expiresOn={item.expiresOn ?? null} />}
    </li>
  );
}

/** Null: nothing was asked for; undefined: the answer is still on its way. */
function Count({ found, hasRecent }: { found: number | null | undefined; hasRecent: boolean }) {
  const { t } = useTranslation();
  return (
    <p className={classes.count} role="status">
      <span>{found === null
          ? hasRecent && t('desk.recent')
          : found !== undefined && t('desk.found', { count: found })}</span>
      <span>{t('desk.orBadge')}</span>
    </p>
  );
}
