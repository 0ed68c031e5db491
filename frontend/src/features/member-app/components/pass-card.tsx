import { IconAlertTriangle, IconCheck, IconShieldCheck } from '@tabler/icons-react';
import { QRCodeSVG } from 'qrcode.react';
import { initialsOf } from '@/lib/initials';
import type { Me } from '../api/me';
import { longDay } from '../dates';
import type { PhoneKey } from '../pass-key';
import { useTexts } from '../texts';
import { useAwake } from '../use-awake';
import { passMilliseconds, usePass } from '../use-pass';
import classes from './pass.module.css';

interface PassCardProps {
  me: Me;
  phoneKey: PhoneKey;
  clockOffset: number;
}

/** The code, large and dark on white whatever the theme: readers like contrast and quiet space around it. */
export function PassCard({ me, phoneKey, clockOffset }: PassCardProps) {
  const { t } = useTexts();
  const { pass, renew } = usePass(phoneKey, clockOffset);
  useAwake();
  const seconds = pass?.secondsLeft ?? 0;
  return (
    <section className={classes.pass} aria-label={t('pass.label')}>
      <div className={classes.top}>
        <span className={classes.initials} aria-hidden="true">
          {initialsOf(me.displayName)}
        </span>
        <div className={classes.who}>
          <b title={me.displayName}>{me.displayName}</b>
          <Validity me={me} />
        </div>
      </div>
      <button type="button" className={classes.code} onClick={renew} aria-label={t('pass.renew')}>
        {pass === null ? (
          <span className={classes.blank} />
        ) : (
          <QRCodeSVG
            value={pass.value}
            size={272}
            level="L"
            marginSize={0}
            title={t('pass.code')}
            className={classes.qr}
            data-pass={pass.value}
          />
        )}
      </button>
      <div className={classes.below}>
        <div className={classes.bar} aria-hidden="true">
          <i style={{ transform: `scaleX(${(seconds * 1_000) / passMilliseconds})` }} />
        </div>
        <p aria-live="off">
          {t('pass.next')} <b>{t('pass.seconds', { count: seconds })}</b>
        </p>
        <span className={classes.offline}>
          <IconShieldCheck size={16} stroke={1.75} aria-hidden="true" />
          {t('pass.offline')}
        </span>
        <p className={classes.hint}>{t('pass.bright')}</p>
      </div>
    </section>
  );
}

/** What the door will say, as far as one can know here: a code that opens nothing should not come as a surprise. */
function Validity({ me }: { me: Me }) {
  const { t } = useTexts();
  const running = me.memberships.filter((m) => m.started && !m.ended);
  const unpaid = running.length > 0 && running.every((m) => !m.paid);
  if (me.status === 'active' && !unpaid) {
    return (
      <span className={classes.good}>
        <IconCheck size={18} stroke={2.6} aria-hidden="true" />
        {me.expiresOn === null ? t('pass.active') : t('pass.activeUntil', { date: longDay(me.expiresOn) })}
      </span>
    );
  }
  const word =
    me.status === 'suspended'
      ? t('pass.suspended')
      : unpaid
        ? t('pass.unpaid')
        : me.expiresOn === null
          ? t('pass.none')
          : t('plans.ended', { date: longDay(me.expiresOn) });
  return (
    <span className={classes.warned}>
      <IconAlertTriangle size={18} stroke={2.2} aria-hidden="true" />
      {word}
    </span>
  );
}
