import type { Membership } from '../api/me';
import { longDay, opensWhen } from '../dates';
import { useTexts } from '../texts';
import member from './member-app.module.css';
import classes from './memberships.module.css';

const shownEnded = 1;

/** What runs first, then what comes; of what is over only the last, so that its end can be read. */
function shown(memberships: Membership[]): Membership[] {
  const open = memberships.filter((m) => !m.ended).sort((a, b) => a.startsOn.localeCompare(b.startsOn));
  const over = memberships.filter((m) => m.ended).sort((a, b) => b.expiresOn.localeCompare(a.expiresOn));
  return open.length > 0 ? open : over.slice(0, shownEnded);
}

export function MembershipsCard({ memberships }: { memberships: Membership[] }) {
  const { t } = useTexts();
  const list = shown(memberships);
  return (
    <section className={member.card}>
      <h2 className={member.label}>{t('plans.title')}</h2>
      {list.length === 0 ? (
        <>
          <p className={member.big}>{t('plans.none')}</p>
          <p className={member.label}>{t('plans.noneHelp')}</p>
        </>
      ) : (
        <ul className={classes.list}>
          {list.map((membership) => (
            <Plan key={membership.id} membership={membership} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Plan({ membership: m }: { membership: Membership }) {
  const { t } = useTexts();
  const when = m.ended
    ? t('plans.ended', { date: longDay(m.expiresOn) })
    : m.started
      ? t('plans.until', { date: longDay(m.expiresOn) })
      : t('plans.from', { date: longDay(m.startsOn) });
  return (
    <li>
      <div className={member.between}>
        <h3 className={member.name}>{m.planName}</h3>
        {m.frozen && <span className={classes.tag}>{t('plans.frozen')}</span>}
        {!m.paid && <span className={classes.tag}>{t('plans.unpaid')}</span>}
      </div>
      <p className={member.label}>{when}</p>
      {m.visitsAllowed !== null && (
        <p className={member.label}>
          {t('plans.visits', { used: m.visitsUsed, allowed: m.visitsAllowed })}
        </p>
      )}
      <ul className={classes.opens} aria-label={t('plans.opens')}>
        {m.opens.map((zone) => (
          <li key={zone.zoneId}>
            <b>{zone.zone}</b> {zone.site}, {opensWhen(zone)}
          </li>
        ))}
      </ul>
    </li>
  );
}
