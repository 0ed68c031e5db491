import { Button } from '@mantine/core';
import { IconUserPlus, IconUserSearch, IconWalk } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams } from 'react-router';
import { Kbd } from '@/components/kbd';
import { OfflineBanner } from '@/components/offline-banner';
import { Page } from '@/components/page';
import { PageHeader } from '@/components/page-header';
import { StatePanel } from '@/components/state-panel';
import { useMay } from '@/lib/rights';
import { useShortcuts } from '@/lib/shortcuts';
import { findBadge } from '../api/commands';
import { BadgeNotice } from './badge-notice';
import { DeskSearch } from './desk-search';
import { NewMember } from './new-member';
import { NewVisitor } from './new-visitor';
import { Profile } from './profile';
import { VisitorsToday } from './visitors-today';
import classes from './desk.module.css';

interface BadgeRead {
  badge: string;
  readAt: number;
}

/** What stands where a person would. */
const places: ReadonlySet<string> = new Set(['new', 'visitor', 'visitors']);

/** Who is it, may they enter, what now: search on the left, the person in front of you on the right. */
export function DeskPage() {
  const { t } = useTranslation();
  const { memberId } = useParams();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const mayWrite = useMay('members.write');
  const [query, setQuery] = useState('');
  const isPerson = memberId !== undefined && !places.has(memberId);
  const unknown = useBadge();
  const open = useCallback(
    (id: string, replace = false) => {
      void navigate(`/desk/${id}`, { replace });
    },
    [navigate],
  );
  useShortcuts(
    useMemo(
      () => [
        { key: '/', run: () => field.current?.focus() },
        ...(mayWrite
          ? [{ key: 'n', run: () => void navigate('/desk/new') }]
          : []),
        { key: 'v', run: () => void navigate('/desk/visitors') },
      ],
      [mayWrite, navigate],
    ),
  );
  return (
    <Page title={t('desk.title')}>
      <div className={classes.desk} data-person={memberId !== undefined || undefined}>
        <div className={classes.finder}>
          <PageHeader title={t('desk.title')} note={null} />
          <OfflineBanner help={t('desk.offline')} />
          <DeskSearch
            field={field}
            query={query}
            chosen={isPerson ? memberId : undefined}
            onQuery={setQuery}
            onOpen={open}
            onNew={
              mayWrite
                ? () => {
                    open('new');
                  }
                : undefined
            }
          />
          <Foot mayWrite={mayWrite} onOpen={open} />
        </div>
        <div className={classes.person}>
          <BadgeNotice badge={memberId === undefined ? unknown : null} />
          <Person
            memberId={memberId}
            typed={query}
            onDone={(id) => {
              // Who was not found is there now; what was searched for would only confuse.
              setQuery('');
              open(id, true);
            }}
          />
        </div>
      </div>
    </Page>
  );
}

interface PersonProps {
  memberId: string | undefined;
  typed: string;
  onDone: (id: string) => void;
}

/** Who is in front of the desk, or what stands in their place. */
function Person({ memberId, typed, onDone }: PersonProps) {
  const { t } = useTranslation();
  switch (memberId) {
    case undefined:
      return (
        <div className={classes.nobody}>
          <StatePanel icon={IconUserSearch} title={t('desk.nobody')} help={t('desk.nobodyHelp')} />
        </div>
      );
    case 'new':
      return <NewMember typed={typed} onDone={onDone} />;
    case 'visitor':
      return <NewVisitor />;
    case 'visitors':
      return <VisitorsToday />;
    default:
      return <Profile key={memberId} id={memberId} />;
  }
}

function Foot({ mayWrite, onOpen }: { mayWrite: boolean; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.foot}>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconWalk size={18} stroke={1.75} />}
        rightSection={<Kbd>V</Kbd>}
        onClick={() => {
          onOpen('visitors');
        }}
      >
        {t('visitors.title')}
      </Button>
      {mayWrite && (
      <Button
        variant="default"
        fullWidth
        leftSection={<IconUserPlus size={18} stroke={1.75} />}
        rightSection={<Kbd>N</Kbd>}
        onClick={() => {
          onOpen('new');
        }}
      >
        {t('desk.new')}
      </Button>
      )}
    </div>
  );
}

/** A badge that was held to the reader opens its person; one that nobody has stays to be given to somebody. */
function useBadge(): string | null {
  const state: unknown = useLocation().state;
  const navigate = useNavigate();
  const { badge, readAt } = (state ?? {}) as Partial<BadgeRead>;
  const [unknown, setUnknown] = useState<string | null>(null);
  useEffect(() => {
    if (badge === undefined) {
      return undefined;
    }
    let current = true;
    findBadge(badge).then(
      (owner) => {
        if (current) {
          // Whether it is somebody's or nobody's, the badge itself does not stay in the history of the browser.
          void navigate(owner === null ? '/desk' : `/desk/${owner}`, { replace: true });
          setUnknown(owner === null ? badge : null);
        }
      },
      () => {
        if (current) {
          setUnknown(badge);
        }
      },
    );
    return () => {
      current = false;
    };
  }, [badge, readAt, navigate]);
  return unknown;
}
