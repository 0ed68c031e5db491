import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chips } from '@/components/chips';
import { useClub, useClubNow } from '@/lib/club';
import { isoDate } from '@/lib/plan-length';
import { siteDate } from '@/lib/time-format';
import type { MemberFilter } from '../api/lists';
import { dropSegment, filterOf, includes, keepSegment, readSegments, segmentOf, without } from '../segments';

interface MemberFiltersProps {
  filter: MemberFilter;
  onFilter: (filter: MemberFilter) => void;
}

const millisecondsPerDay = 86_400_000;
const soonDays = 7;
const absentDays = 30;

/** Filters as people say them. What is on can be kept under one's own name. */
export function MemberFilters({ filter, onFilter }: MemberFiltersProps) {
  const { t } = useTranslation();
  const { timeZone } = useClub();
  const now = useClubNow();
  const [segments, setSegments] = useState(readSegments);
  const today = siteDate(now, timeZone);
  const day = (days: number) => isoDate(today + days * millisecondsPerDay);
  const parts: { id: string; label: string; part: MemberFilter }[] = [
    { id: 'active', label: t('filter.active'), part: { status: 'active' } },
    { id: 'soon', label: t('filter.soon'), part: { expiresFrom: day(0), expiresTo: day(soonDays) } },
    { id: 'expired', label: t('filter.expired'), part: { expiresFrom: day(-absentDays), expiresTo: day(-1) } },
    { id: 'owes', label: t('filter.owes'), part: { owes: true } },
    { id: 'absent', label: t('filter.absent'), part: { absentDays } },
    { id: 'inside', label: t('filter.inside'), part: { inside: true } },
    { id: 'noPhoto', label: t('filter.noPhoto'), part: { noPhoto: true } },
    { id: 'suspended', label: t('filter.suspended'), part: { status: 'suspended' } },
    ...segments.map((each) => ({ id: `segment ${each.name}`, label: each.name, part: filterOf(each, today) })),
  ];
  const chosen = segments.find((each) => {
    const part = filterOf(each, today);
    return includes(filter, part) && includes(part, filter);
  });
  const something = Object.keys(filter).length > 0;
  return (
    <>
      <Chips
        label={t('filter.label')}
        chips={parts.map(({ id, label, part }) => {
          const on = includes(filter, part);
          return {
            id,
            label,
            on,
            toggle: () => {
              onFilter(on ? without(filter, part) : { ...filter, ...part });
            },
          };
        })}
      />
      {something && chosen === undefined && (
        <Button
          variant="subtle"
          onClick={() => {
            const on = parts.filter(({ part }) => includes(filter, part)).map(({ label }) => label);
            setSegments(keepSegment(segments, segmentOf(on.join(' + '), filter, today)));
          }}
        >
          {t('filter.keep')}
        </Button>
      )}
      {chosen !== undefined && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => {
            setSegments(dropSegment(segments, chosen.name));
          }}
        >
          {t('filter.forget')}
        </Button>
      )}
    </>
  );
}
