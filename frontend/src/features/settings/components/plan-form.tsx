import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf, useCommand, useSites, type Plan, type Zone } from '../api/commands';
import { draftOf, faultsOf, toRequest, type PlanDraft } from '../plan-draft';
import { Choice, Field, Form } from './parts';
import classes from './settings.module.css';

type PlanFormProps = { zones: Zone[] } & ({ plan?: undefined } | { plan: Plan; onDone: () => void });

/** A new plan, or what one is sold as from now on. */
export function PlanForm(props: PlanFormProps) {
  const { t } = useTranslation();
  const { zones, plan } = props;
  const usual = useSites().data?.[0]?.currency ?? 'USD';
  const currency = plan === undefined ? usual : (plan.price.currency as string);
  const [values, setValues] = useState<PlanDraft>(() => draftOf(plan ?? null, zones));
  const [isChecked, setChecked] = useState(false);
  const wrong = isChecked ? faultsOf(values) : [];
  const command = useCommand(() => {
    setChecked(false);
    if (props.plan === undefined) {
      setValues(draftOf(null, zones));
    } else {
      props.onDone();
    }
  });
  const set = (change: Partial<PlanDraft>) => {
    setValues({ ...values, ...change });
  };
  const field = (key: 'name' | 'length' | 'price' | 'visits', label: string, named: string[], help?: string) => (
    <Field
      label={label}
      {...(help !== undefined && { description: help })}
      inputMode={key === 'name' ? 'text' : key === 'price' ? 'decimal' : 'numeric'}
      value={values[key]}
      error={
        wrong.includes(key)
          ? t(key === 'price' ? 'settings.plans.noPrice' : 'settings.places.noNumber')
          : (named.map((name) => faultOf(command.error, name)).find((fault) => fault !== null) ?? null)
      }
      onChange={(value) => {
        set({ [key]: value });
      }}
    />
  );
  return (
    <Form
      submit={t(plan === undefined ? 'settings.plans.add' : 'settings.plans.save')}
      busy={command.isPending}
      error={command.error}
      onSubmit={() => {
        setChecked(true);
        if (faultsOf(values).length === 0) {
          const path = plan === undefined ? '/api/plans' : `/api/plans/${plan.id}`;
          command.mutate({ path, body: toRequest(values, currency, plan ?? null) });
        }
      }}
    >
      {plan !== undefined && <p className={classes.help}>{t('settings.plans.changeHelp')}</p>}
      {field('name', t('settings.name'), ['name'])}
      <div className={classes.row}>
        {field('length', t('settings.plans.length'), ['months', 'days'])}
        <UnitChoice value={values.unit} onChange={set} />
      </div>
      {field('price', t('settings.plans.price', { currency }), ['price.amount'])}
      {field('visits', t('settings.plans.visitsLabel'), ['visitsPerPeriod'], t('settings.plans.visitsHelp'))}
      <ZonesField
        zones={zones}
        chosen={values.zones}
        onChange={(chosen) => {
          set({ zones: chosen });
        }}
      />
      {faultOf(command.error, 'entitlements') !== null && (
        <p className={classes.fault}>{faultOf(command.error, 'entitlements')}</p>
      )}
    </Form>
  );
}

interface UnitChoiceProps {
  value: PlanDraft['unit'];
  onChange: (change: Pick<PlanDraft, 'unit'>) => void;
}

function UnitChoice({ value, onChange }: UnitChoiceProps) {
  const { t } = useTranslation();
  return (
    <Choice
      label={t('settings.plans.unit')}
      value={value}
      data={[
        { value: 'months', label: t('settings.plans.unitMonths') },
        { value: 'days', label: t('settings.plans.unitDays') },
      ]}
      onChange={(unit) => {
        onChange({ unit: unit === 'days' ? 'days' : 'months' });
      }}
    />
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
