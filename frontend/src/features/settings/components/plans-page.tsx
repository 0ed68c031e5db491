import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '@/lib/money';
import { useLanguage } from '@/lib/use-language';
import { faultOfAll, useCommand, usePlans, useZones, type Plan, type Zone } from '../api/commands';
import { Loaded, Part, Tag } from './parts';
import { PlanForm } from './plan-form';
import { RowChange } from './row-change';
import classes from './settings.module.css';

export function PlansPage() {
  const { t } = useTranslation();
  const plans = usePlans();
  const zones = useZones();
  return (
    <div className={classes.column}>
      <Part title={t('settings.plans.title')} testId="plans">
        <Loaded query={plans}>
          {(all) =>
            all.length === 0 ? (
              <p className={classes.help}>{t('settings.plans.none')}</p>
            ) : (
              <ul className={classes.list}>
                {all.map((plan) => (
                  <PlanRow key={plan.id} plan={plan} zones={zones.data ?? []} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Part>
      <Part title={t('settings.plans.new')} testId="new-plan">
        <Loaded query={zones}>
          {(all) =>
            all.length === 0 ? (
              <p className={classes.help}>{t('settings.plans.zonesFirst')}</p>
            ) : (
              <PlanForm zones={all} />
            )
          }
        </Loaded>
      </Part>
    </div>
  );
}

function PlanRow({ plan, zones }: { plan: Plan; zones: Zone[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const opens = plan.entitlements.map(({ zoneId }) => zones.find(({ id }) => id === zoneId)?.name ?? '');
  const length =
    plan.months !== null
      ? t('settings.plans.months', { count: plan.months })
      : t('settings.plans.days', { count: plan.days ?? 0 });
  const visits = plan.visitsPerPeriod === null ? [] : [t('settings.plans.visits', { count: plan.visitsPerPeriod })];
  return (
    <li className={classes.item}>
      <div className={classes.grow}>
        <p className={classes.name}>{plan.name}</p>
        <p className={classes.second}>{[length, ...visits, opens.join(', ')].join(' · ')}</p>
      </div>
      {plan.retired && <Tag>{t('settings.plans.retired')}</Tag>}
      <span className={classes.name}>{formatMoney(plan.price, language)}</span>
      <RowChange
        name={plan.name}
        form={(onDone) => (
          <div className={classes.column}>
            <PlanForm zones={zones} plan={plan} onDone={onDone} />
            <Sale plan={plan} onDone={onDone} />
          </div>
        )}
      />
    </li>
  );
}

/** Whether it is sold at all; either way can be gone back. */
function Sale({ plan, onDone }: { plan: Plan; onDone: () => void }) {
  const { t } = useTranslation();
  const command = useCommand(onDone);
  const fault = faultOfAll(command.error);
  const verb = plan.retired ? 'reinstate' : 'retire';
  return (
    <>
      <p className={classes.help}>{t(`settings.plans.${verb}Help`)}</p>
      {fault !== null && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={classes.actions}>
        <Button
          variant="default"
          loading={command.isPending}
          onClick={() => {
            command.mutate({ path: `/api/plans/${plan.id}/${verb}` });
          }}
        >
          {t(`settings.plans.${verb}`)}
        </Button>
      </div>
    </>
  );
}
