import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClub, useClubNow } from '@/lib/club';
import { siteDate } from '@/lib/time-format';
import { usePlans } from '../api/commands';
import { Choice, Field, Part } from './parts';
import classes from './settings.module.css';

const kinds = ['member', 'visitor', 'staff', 'supplier'] as const;

/** Visits as a file, for whoever writes the invoices: of a partner's plan, of guests, of who pays by the visit. */
export function VisitsExportPage() {
  const { t } = useTranslation();
  const { timeZone } = useClub();
  const now = useClubNow();
  const plans = usePlans();
  const today = new Date(siteDate(now, timeZone)).toISOString().slice(0, 10);
  const [from, setFrom] = useState(`${today.slice(0, 8)}01`);
  const [to, setTo] = useState(today);
  const [kind, setKind] = useState('');
  const [planId, setPlanId] = useState('');
  const wrong = from > to;
  const address = (format: string) => {
    const query = new URLSearchParams({ from, to, format });
    for (const [name, value] of Object.entries({ kind, planId })) {
      if (value !== '') {
        query.set(name, value);
      }
    }
    return `/api/lists/visits/export?${query.toString()}`;
  };
  return (
    <div className={classes.column}>
      <Part title={t('settings.visits.title')} testId="visits-export">
        <p className={classes.help}>{t('settings.visits.help')}</p>
        <div className={classes.form}>
          <Field label={t('settings.visits.from')} type="date" value={from} onChange={setFrom} />
          <Field
            label={t('settings.visits.to')}
            type="date"
            value={to}
            error={wrong ? t('settings.visits.wrong') : null}
            onChange={setTo}
          />
          <Choice
            label={t('settings.visits.kind')}
            value={kind}
            data={[
              { value: '', label: t('settings.visits.everybody') },
              ...kinds.map((each) => ({ value: each, label: t(`settings.visits.kinds.${each}`) })),
            ]}
            onChange={setKind}
          />
          <Choice
            label={t('settings.visits.plan')}
            value={planId}
            data={[
              { value: '', label: t('settings.visits.anyPlan') },
              ...(plans.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={setPlanId}
          />
          <div className={classes.actions}>
            {(['xlsx', 'csv'] as const).map((format) => (
              <Button
                key={format}
                component="a"
                variant={format === 'xlsx' ? 'filled' : 'default'}
                href={wrong ? undefined : address(format)}
                aria-disabled={wrong}
                data-disabled={wrong || undefined}
              >
                {t(`settings.visits.${format}`)}
              </Button>
            ))}
          </div>
        </div>
      </Part>
    </div>
  );
}
