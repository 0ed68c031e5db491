import { useEffect } from 'react';
import { IconCloudOff, IconDoorEnter } from '@tabler/icons-react';
import { clock, shortDay } from '../dates';
import type { Saved } from '../saved';
import { useTexts } from '../texts';
import type { Visit } from '../api/me';
import classes from './member-app.module.css';

export function VisitsPage({ saved, offlineSince }: { saved: Saved; offlineSince: number | null }) {
  const { t } = useTexts();
  const { visits } = saved;
  useEffect(() => {
    document.title = `${t('visits.title')} · ${saved.me.club ?? t('app.name')}`;
  }, [t, saved.me.club]);
  return (
    <>
      <h1 className={classes.hello}>{t('visits.title')}</h1>
      {offlineSince !== null && (
        <p role="status" className={classes.banner}>
          <b>{t('offline.title')}</b> {t('offline.since', { when: clock(saved.at) })}
        </p>
      )}
      {visits === null && (
        <div className={classes.empty}>
          <IconCloudOff size={32} stroke={1.75} aria-hidden="true" />
          <b>{t('visits.away')}</b>
        </div>
      )}
      {visits?.length === 0 && (
        <div className={classes.empty}>
          <IconDoorEnter size={32} stroke={1.75} aria-hidden="true" />
          <b>{t('visits.none')}</b>
          {t('visits.noneHelp')}
        </div>
      )}
      {visits !== null && visits.length > 0 && (
        <section className={classes.card}>
          <ul className={classes.rows}>
            {visits.map((visit) => (
              <Row key={`${visit.enteredAt} ${visit.zone}`} visit={visit} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Row({ visit }: { visit: Visit }) {
  const { t } = useTexts();
  const from = clock(visit.enteredAt, visit.timeZone);
  return (
    <li>
      <div>
        <p className={classes.name}>{visit.zone}</p>
        <p className={classes.label}>
          {visit.leftAt === null
            ? t('visits.at', { time: from })
            : t('visits.fromTo', { from, to: clock(visit.leftAt, visit.timeZone) })}
        </p>
      </div>
      <time dateTime={visit.enteredAt} className={`${classes.label ?? ''} ${classes.number ?? ''}`}>
        {shortDay(visit.enteredAt, visit.timeZone)}
      </time>
    </li>
  );
}
