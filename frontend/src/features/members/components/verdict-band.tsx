import { IconCheck, IconDoorEnter, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useClub } from '@/lib/club';
import { isoDate } from '@/lib/plan-length';
import { reasonText } from '@/lib/reason-text';
import { formatClock, formatDate, parseDate, siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import { useNow } from '@/lib/use-now';
import type { Member } from '../api/member';
import { verdictOf, wayOutOf, type DeskVerdict } from '../verdict';
import { NextStep } from './next-step';
import classes from './verdict-band.module.css';

const icons = { open: IconCheck, inside: IconDoorEnter, refused: IconX };

/** The answer in the largest type, and below it the one next step. */
export function VerdictBand({ member }: { member: Member }) {
  const { t } = useTranslation();
  const { timeZone, clockOffset } = useClub();
  const now = useNow(10_000) + clockOffset;
  const verdict = verdictOf(member, now);
  const today = isoDate(siteDate(now, timeZone));
  const VerdictIcon = icons[verdict.kind];
  return (
    <section className={classes.verdict} data-kind={verdict.kind} aria-label={t('verdict.label')}>
      <div className={classes.band} data-testid="verdict">
        <span className={classes.icon}>
          <VerdictIcon size={30} stroke={3} aria-hidden="true" />
        </span>
        <div className={classes.words}>
          <p className={classes.title}>{t(`verdict.${verdict.kind}`)}</p>
          <Why member={member} verdict={verdict} now={now} />
        </div>
        <Where verdict={verdict} />
      </div>
      <NextStep member={member} way={wayOutOf(member, verdict, today)} refused={verdict.kind === 'refused'} />
    </section>
  );
}

interface WhyProps {
  member: Member;
  verdict: DeskVerdict;
  now: number;
}

function Why({ member, verdict, now }: WhyProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone, zones } = useClub();
  const zoneName = zones.find(({ id }) => id === verdict.zoneId)?.name ?? '';
  if (verdict.kind === 'refused') {
    const never = verdict.reason === 'expired' && member.memberships.length === 0;
    return (
      <p className={classes.why}>
        {never ? t('verdict.noPlan') : reasonText(verdict, { t, language, timeZone, zoneName, now })}
      </p>
    );
  }
  // Who was let in by hand may be inside without a membership: nothing holds until a day that is over.
  const until =
    member.expiresOn === null || parseDate(member.expiresOn) < siteDate(now, timeZone)
      ? ''
      : t('verdict.until', {
          date: formatDate(parseDate(member.expiresOn), siteDate(now, timeZone), language),
        });
  const since =
    verdict.since === null
      ? ''
      : t('verdict.since', { zone: zoneName, time: formatClock(Date.parse(verdict.since), timeZone, language) });
  return <p className={classes.why}>{[since, until].filter(Boolean).join(' · ')}</p>;
}

/** The door that refused a moment ago, and when. */
function Where({ verdict: { refusal } }: { verdict: DeskVerdict }) {
  const language = useLanguage();
  const { timeZone, gates } = useClub();
  if (refusal === null) {
    return null;
  }
  return (
    <div className={classes.where}>
      <time dateTime={refusal.at}>{formatClock(Date.parse(refusal.at), timeZone, language)}</time>
      <p>{gates.find(({ id }) => id === refusal.gateId)?.name}</p>
    </div>
  );
}
