import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { QRCodeSVG } from 'qrcode.react';
import { useTranslation } from 'react-i18next';
import { useClub, useClubNow } from '@/lib/club';
import { formatDate, parseDate, siteDate } from '@/lib/time-format';
import { useLanguage } from '@/lib/use-language';
import classes from './visitors.module.css';

interface VisitorPassProps {
  name: string;
  value: string;
  /** The last day on which it opens a door; null: what the person has says so. */
  expiresOn: string | null;
  hostName: string | null;
  onDone: () => void;
}

/** The code to hand over: on paper, or read from this screen by the visitor's own phone camera. */
export function VisitorPass({ name, value, expiresOn, hostName, onDone }: VisitorPassProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { timeZone } = useClub();
  const now = useClubNow();
  return (
    <section className={classes.handed} aria-label={t('visitors.pass')} data-testid="visitor-pass">
      <div className={classes.pass}>
        <p className={classes.passName}>{name}</p>
        {expiresOn !== null && (
          <p className={classes.passMore}>
            {t('visitors.until', { date: formatDate(parseDate(expiresOn), siteDate(now, timeZone), language) })}
          </p>
        )}
        {hostName !== null && <p className={classes.passMore}>{t('visitors.whileInside', { name: hostName })}</p>}
        <QRCodeSVG
          value={value}
          size={240}
          level="M"
          marginSize={2}
          title={t('visitors.code')}
          className={classes.code}
          data-code={value}
        />
        <p className={classes.passMore}>{t('visitors.hold')}</p>
      </div>
      <p className={classes.once}>{t('visitors.once')}</p>
      <div className={classes.buttons}>
        <Button
          className={classes.big}
          leftSection={<IconPrinter size={20} stroke={1.75} aria-hidden="true" />}
          onClick={() => {
            window.print();
          }}
        >
          {t('visitors.print')}
        </Button>
        <Button variant="default" className={classes.big} onClick={onDone}>
          {t('visitors.done')}
        </Button>
      </div>
    </section>
  );
}
