import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/lib/use-language';
import { faultOf, useCommand, usePlans, useSites, useZones, type Plan, type Zone } from '../api/commands';
import { Choice, Field, Form, Loaded, Part } from './parts';
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
  // The description of the API leaves open what money is made of.
  const { amount = 0, currency } = plan.price as { amount?: number; currency: string };
  const price = new Intl.NumberFormat(language === 'fr' ? 'fr-CD' : 'en-GB', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).format(amount / 100);
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
      <span className={classes.name}>{price}</span>
    </li>
  );
}

interface PlanDraft {
  name: string;
  length: string;
  unit: string;
  price: string;
  visits: string;
}

const empty: PlanDraft = { name: '', length: '1', unit: 'months', price: '', visits: '' };

/** As the server takes it; what was typed and is no number is left out, so that the server says what is missing. */
function toRequest({ name, length, unit, price, visits }: PlanDraft, currency: string, zones: string[]) {
  const amount = Math.round(Number(price.replace(',', '.')) * 100);
  return {
    name,
    [unit]: Number(length) || null,
    price: { amount: price.trim() === '' || Number.isNaN(amount) ? null : amount, currency },
    entitlements: zones.map((zoneId) => ({ zoneId })),
    visitsPerPeriod: visits.trim() === '' ? null : Number(visits) || null,
  };
}

function PlanForm({ zones }: { zones: Zone[] }) {
  const { t } = useTranslation();
  const currency = useSites().data?.[0]?.currency ?? 'USD';
  const [values, setValues] = useState(empty);
  const [chosen, setChosen] = useState<string[]>(zones.map(({ id }) => id));
  const command = useCommand(() => {
    setValues(empty);
  });
  const set = (change: Partial<PlanDraft>) => {
    setValues({ ...values, ...change });
  };
  return (
    <Form
      submit={t('settings.plans.add')}
      busy={command.isPending}
      error={command.error}
      onSubmit={() => {
        command.mutate({ path: '/api/plans', body: toRequest(values, currency, chosen) });
      }}
    >
      <Field
        label={t('settings.name')}
        value={values.name}
        error={faultOf(command.error, 'name')}
        onChange={(name) => {
          set({ name });
        }}
      />
      <LengthFields values={values} error={command.error} onChange={set} />
      <Field
        label={t('settings.plans.price', { currency })}
        inputMode="decimal"
        value={values.price}
        error={faultOf(command.error, 'price.amount')}
        onChange={(price) => {
          set({ price });
        }}
      />
      <Field
        label={t('settings.plans.visitsLabel')}
        description={t('settings.plans.visitsHelp')}
        inputMode="numeric"
        value={values.visits}
        error={faultOf(command.error, 'visitsPerPeriod')}
        onChange={(visits) => {
          set({ visits });
        }}
      />
      <ZonesField zones={zones} chosen={chosen} onChange={setChosen} />
      {faultOf(command.error, 'entitlements') !== null && (
        <p className={classes.fault}>{faultOf(command.error, 'entitlements')}</p>
      )}
    </Form>
  );
}

interface LengthFieldsProps {
  values: PlanDraft;
  error: Error | null;
  onChange: (change: Partial<PlanDraft>) => void;
}

function LengthFields({ values, error, onChange }: LengthFieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.row}>
      <Field
        label={t('settings.plans.length')}
        inputMode="numeric"
        value={values.length}
        error={faultOf(error, 'months') ?? faultOf(error, 'days')}
        onChange={(length) => {
          onChange({ length });
        }}
      />
      <Choice
        label={t('settings.plans.unit')}
        value={values.unit}
        data={[
          { value: 'months', label: t('settings.plans.unitMonths') },
          { value: 'days', label: t('settings.plans.unitDays') },
        ]}
        onChange={(unit) => {
          onChange({ unit });
        }}
      />
    </div>
  );
}

interface ZonesFieldProps {
  zones: Zone[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

function ZonesField({ zones, chosen, onChange }: ZonesFieldProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={classes.checks}>
      <legend className={classes.sub}>{t('settings.plans.opens')}</legend>
      {zones.map(({ id, name }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) => {
              onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id));
            }}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
