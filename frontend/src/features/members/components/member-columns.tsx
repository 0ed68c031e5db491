import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/long-table';
import { StatusTag } from '@/components/status-tag';
import { useClub, useClubNow } from '@/lib/club';
import type { Language } from '@/lib/i18n';
import { formatDate, formatMoment, parseDate, siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import type { ListedMember, MemberFilter } from '../api/lists';
import type { ChosenColumn } from '../chosen-columns';
import type { Selection } from '../use-selection';
import { PersonCell, PersonComing } from './person-cell';
import classes from './members-page.module.css';

interface MemberColumns {
  shown: ReadonlySet<ChosenColumn>;
  filter: MemberFilter;
  setFilter: (filter: MemberFilter) => void;
  selection: Selection;
}

/** Seven columns at most; the rest is in the person's file. */
export function useMemberColumns(given: MemberColumns): readonly Column<ListedMember>[] {
  const { shown, filter, setFilter, selection } = given;
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useClub();
  const now = useClubNow();
  return useMemo(() => {
    const sort = (by: string | undefined) => ({
      active: filter.sort === by,
      choose: () => {
        setFilter(by === undefined ? omitSort(filter) : { ...filter, sort: by });
      },
    });
    const context = { t, language, timeZone, now };
    const chosen: ChosenMemberColumn[] = [
      planColumn(t),
      statusColumn(t),
      { ...expiresColumn(context), sort: sort('expires') },
      { ...visitColumn(context), sort: sort('last_visit') },
      sinceColumn(context),
      contactColumn(t),
    ];
    return [
      selectColumn(t, selection),
      { ...nameColumn(t), sort: sort(undefined) },
      ...chosen.filter(({ id }) => shown.has(id)),
    ];
  }, [t, language, timeZone, now, shown, filter, setFilter, selection]);
}

type Words = TFunction;
type MemberColumn = Column<ListedMember>;
type ChosenMemberColumn = MemberColumn & { id: ChosenColumn };

interface Context {
  t: Words;
  language: Language;
  timeZone: string;
  now: number;
}

function selectColumn(t: Words, { selected, all, toggle, toggleAll }: Selection): MemberColumn {
  return {
    id: 'select',
    title: '',
    width: '28px',
    head: (
      <label className={classes.check}>
        <input
          type="checkbox"
          aria-label={t('members.selectAll')}
          checked={all}
          onChange={(event) => {
            toggleAll(event.currentTarget.checked);
          }}
        />
      </label>
    ),
    cell: (member) => (
      <label className={classes.check}>
        <input
          type="checkbox"
          aria-label={t('members.select', { name: member.displayName })}
          checked={selected.has(member.id)}
          onChange={() => {
            toggle(member);
          }}
        />
      </label>
    ),
    coming: null,
  };
}

function nameColumn(t: Words): MemberColumn {
  return {
    id: 'name',
    title: t('members.name'),
    width: 'minmax(0, 3fr)',
    cell: ({ id, displayName, photoUrl }) => (
      <PersonCell id={id} displayName={displayName} photoUrl={photoUrl} />
    ),
    coming: <PersonComing />,
  };
}

function planColumn(t: Words): ChosenMemberColumn {
  return {
    id: 'plan',
    title: t('members.plan'),
    width: 'minmax(0, 1.4fr)',
    wideOnly: true,
    cell: ({ planName, owes }) => (
      <span className={owes ? classes.owes : classes.quiet}>
        {[planName, owes ? t('members.owes') : null].filter(Boolean).join(' · ')}
      </span>
    ),
  };
}

function statusColumn(t: Words): ChosenMemberColumn {
  return {
    id: 'status',
    title: t('members.status'),
    width: '148px',
    narrowWidth: '112px',
    cell: ({ status, expiresOn }) => <StatusTag status={status} expiresOn={expiresOn} />,
  };
}

function sinceColumn({ t, language, timeZone, now }: Context): ChosenMemberColumn {
  return {
    id: 'since',
    title: t('members.since'),
    width: '124px',
    wideOnly: true,
    end: true,
    cell: ({ registeredAt }) =>
      registeredAt !== null &&
      formatDate(siteDate(Date.parse(registeredAt), timeZone), siteDate(now, timeZone), language),
  };
}

function expiresColumn({ t, language, timeZone, now }: Context): ChosenMemberColumn {
  return {
    id: 'expires',
    title: t('members.expires'),
    width: '116px',
    wideOnly: true,
    end: true,
    cell: ({ expiresOn }) =>
      expiresOn !== null && formatDate(parseDate(expiresOn), siteDate(now, timeZone), language),
  };
}

function visitColumn({ t, language, timeZone, now }: Context): ChosenMemberColumn {
  return {
    id: 'visit',
    title: t('members.lastVisit'),
    width: '128px',
    wideOnly: true,
    end: true,
    cell: ({ lastVisitAt }) =>
      lastVisitAt === null ? (
        <span className={classes.quiet}>{t('figures.never')}</span>
      ) : (
        formatMoment(Date.parse(lastVisitAt), now, timeZone, language)
      ),
  };
}

function contactColumn(t: Words): ChosenMemberColumn {
  return {
    id: 'phone',
    title: t('members.phone'),
    width: 'minmax(0, 1.3fr)',
    wideOnly: true,
    cell: ({ phone, email }) => <span className={classes.quiet}>{phone ?? email}</span>,
  };
}

function omitSort(filter: MemberFilter): MemberFilter {
  return Object.fromEntries(Object.entries(filter).filter(([name]) => name !== 'sort'));
}
