import { useEffect } from 'react';
import { IconQrcodeOff } from '@tabler/icons-react';
import { useNow } from '@/lib/use-now';
import { usePhoneKey } from '../use-phone-key';
import { useTexts } from '../texts';
import type { Saved } from '../saved';
import { clock } from '../dates';
import { BusyCard } from './busy-card';
import { EnrolCard } from './enrol-card';
import { HoursCard } from './hours-card';
import { MembershipsCard } from './memberships-card';
import { PassCard } from './pass-card';
import classes from './member-app.module.css';
import pass from './pass.module.css';

interface PassPageProps {
  saved: Saved;
  fresh: boolean;
  offlineSince: number | null;
  onChanged: () => Promise<void>;
}

const evening = 18;
const minute = 60_000;

/** The pass first, on the first screen of the smallest phone; then what one wants to know before leaving home. */
export function PassPage({ saved, fresh, offlineSince, onChanged }: PassPageProps) {
  const { t } = useTexts();
  const { me } = saved;
  const key = usePhoneKey(saved, fresh, onChanged);
  const now = useNow(minute);
  const hello = new Date().getHours() >= evening ? 'hello.evening' : 'hello.morning';
  useEffect(() => {
    document.title = `${t('tabs.pass')} · ${me.club ?? t('app.name')}`;
  }, [t, me.club]);
  return (
    <>
      <h1 className={classes.hello}>{t(hello, { name: me.firstName ?? me.displayName })}</h1>
      {offlineSince !== null && (
        <p role="status" className={classes.banner}>
          <b>{t('offline.title')}</b> {key.state === 'ready' && t('offline.pass')}{' '}
          {t('offline.since', { when: clock(saved.at) })}
        </p>
      )}
      {key.state === 'ready' && <PassCard me={me} phoneKey={key.key} clockOffset={saved.clockOffset} />}
      {key.state === 'loading' && <div className={classes.skeleton} aria-hidden="true" />}
      {key.state === 'missing' && <EnrolCard me={me} enrol={key.enrol} fault={key.fault} onChanged={onChanged} />}
      {key.state === 'impossible' && (
        <section className={pass.pass}>
          <div className={pass.message}>
            <IconQrcodeOff size={32} stroke={1.75} aria-hidden="true" />
            <h2>{t('enrol.insecure')}</h2>
            <p>{t('enrol.insecureHelp')}</p>
          </div>
        </section>
      )}
      {saved.busy?.map((zone) => (
        <BusyCard key={zone.zoneId} zone={zone} offline={offlineSince !== null} />
      ))}
      {saved.hours?.map((site) => (
        <HoursCard key={site.siteId} site={site} now={now + saved.clockOffset} />
      ))}
      <MembershipsCard memberships={me.memberships} />
    </>
  );
}
