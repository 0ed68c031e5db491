import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '@/components/dialog';
import { InlineError } from '@/components/inline-error';
import { formatMoney } from '@/lib/money';
import { useLanguage } from '@/lib/use-language';
import { useSell } from '../api/commands';
import { usePlans, type Member } from '../api/member';
import { useDates } from '../use-dates';
import classes from './plan-dialog.module.css';

interface PlanDialogProps {
  member: Member;
  startsOn: string;
  onClose: () => void;
}

/** Another plan than the last one: what it costs and until when, then one button. */
export function PlanDialog({ member, startsOn, onClose }: PlanDialogProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const dates = useDates();
  const known = usePlans().data?.items ?? [];
  const plans = known.filter(({ retired }) => !retired);
  const sell = useSell(member.id);
  const last = member.memberships.at(-1)?.planId;
  const gone = known.find(({ id, retired }) => id === last && retired);
  const [chosen, setChosen] = useState(last ?? plans[0]?.id);
  const plan = plans.find(({ id }) => id === chosen) ?? plans[0];
  const sellIt = (paid: boolean) => {
    if (plan !== undefined) {
      sell.run({ planId: plan.id, startsOn, paid }, onClose);
    }
  };
  return (
    <Dialog title={t('plan.title', { name: member.displayName })} onClose={onClose} testId="plans">
      {gone !== undefined && <p className={classes.dates}>{t('plan.retired', { plan: gone.name })}</p>}
      <div role="radiogroup" aria-label={t('plan.choose')} className={classes.plans}>
        {plans.map((each) => (
          <label key={each.id} className={classes.plan}>
            <input
              type="radio"
              name="plan"
              value={each.id}
              checked={each.id === plan?.id}
              onChange={() => {
                setChosen(each.id);
              }}
            />
            <span className={classes.name}>{each.name}</span>
            <span className={classes.price}>{formatMoney(each.price, language)}</span>
          </label>
        ))}
      </div>
      {plan !== undefined && (
        <>
          <p className={classes.dates}>{dates(startsOn, plan)}</p>
          <InlineError error={sell.error} />
          <div className={classes.buttons}>
            <Button
              className={classes.take}
              loading={sell.pending}
              onClick={() => {
                sellIt(true);
              }}
            >
              {t('next.take', { money: formatMoney(plan.price, language) })}
            </Button>
            <Button
              variant="default"
              className={classes.take}
              disabled={sell.pending}
              onClick={() => {
                sellIt(false);
              }}
            >
              {t('plan.later')}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
