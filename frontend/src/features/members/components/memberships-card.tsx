import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '@/components/card';
import { useClub, useClubNow } from '@/lib/club';
import { formatMoney } from '@/lib/money';
import { isoDate } from '@/lib/plan-length';
import { useMay } from '@/lib/rights';
import { formatDate, parseDate, siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import type { Member, Membership } from '../api/member';
import { PlanDialog } from './plan-dialog';
import classes from './member-page.module.css';

/** Memberships, the last one first, each with what is true of it in words. */
export function MembershipsCard({ member }: { member: Member }) {
  const { t } = useTranslation();
  const { timeZone } = useClub();
  const now = useClubNow();
  const mayWrite = useMay('memberships.write');
  const [selling, setSelling] = useState(false);
  const sorted = member.memberships.toSorted((a, b) => b.expiresOn.localeCompare(a.expiresOn));
  return (
    <Card
      testId="memberships"
      title={t('memberships.title')}
      aside={
        mayWrite && (
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              setSelling(true);
            }}
          >
            {t('memberships.add')}
          </Button>
        )
      }
    >
      {sorted.length === 0 && <p className={classes.empty}>{t('memberships.none')}</p>}
      <ul className={classes.list}>
        {sorted.map((membership) => (
          <Row key={membership.id} membership={membership} />
        ))}
      </ul>
      {selling && (
        <PlanDialog
          member={member}
          startsOn={isoDate(siteDate(now, timeZone))}
          onClose={() => {
            setSelling(false);
          }}
        />
      )}
    </Card>
  );
}

function Row({ membership }: { membership: Membership }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useClub();
  const now = useClubNow();
  const today = siteDate(now, timeZone);
  const { planName, price, startsOn, expiresOn, paid, frozen, ended, started, visitsUsed, visitsAllowed } = membership;
  const write = (date: string) => formatDate(parseDate(date), today, language);
  const state = ended
    ? t('memberships.ended')
    : frozen
      ? t('memberships.frozen')
      : !paid
        ? t('memberships.owed', { money: formatMoney(price, language) })
        : started
          ? t('memberships.running')
          : t('memberships.coming');
  const visits =
    visitsAllowed === null ? '' : t('memberships.visits', { used: visitsUsed, allowed: visitsAllowed });
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <p className={classes.name}>{planName}</p>
        <p className={classes.more}>
          {[t('memberships.dates', { from: write(startsOn), to: write(expiresOn) }), visits]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <span className={classes.more}>{state}</span>
    </li>
  );
}
