import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf, useCommand, type Gate, type Site, type Zone } from '../api/commands';
import { Choice, Field, Form, Secret } from './parts';
import classes from './settings.module.css';

type GateFormProps = { zones: Zone[] } & ({ site: Site; gate?: undefined } | { gate: Gate; onDone: () => void });

/** A new gate, whose key is shown once: it goes into the box at the door. Or one that is changed. */
export function GateForm(props: GateFormProps) {
  const { t } = useTranslation();
  const { zones, gate } = props;
  const [values, setValues] = useState({
    name: gate?.name ?? '',
    zoneId: gate?.zoneId ?? zones[0]?.id ?? '',
    direction: gate?.direction ?? 'both',
    confirmsPassage: gate?.confirmsPassage ?? false,
  });
  const command = useCommand<{ id: string; key: string }>(() => {
    if (props.gate === undefined) {
      setValues({ ...values, name: '' });
    } else {
      props.onDone();
    }
  });
  return (
    <>
      {gate === undefined && command.data !== undefined && (
        <Secret text={`${command.data.id} ${command.data.key}`} help={t('settings.places.keyHelp')} />
      )}
      <Form
        submit={t(gate === undefined ? 'settings.places.addGate' : 'settings.places.saveGate')}
        busy={command.isPending}
        error={command.error}
        onSubmit={() => {
          command.mutate(
            props.gate === undefined
              ? { path: '/api/gates', body: { ...values, siteId: props.site.id } }
              : { path: `/api/gates/${props.gate.id}`, body: values },
          );
        }}
      >
        <Field
          label={t('settings.name')}
          value={values.name}
          error={faultOf(command.error, 'name')}
          onChange={(name) => {
            setValues({ ...values, name });
          }}
        />
        <Choice
          label={t('settings.places.leadsTo')}
          value={values.zoneId}
          data={zones.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(zoneId) => {
            setValues({ ...values, zoneId });
          }}
        />
        <WaysChoice
          value={values.direction}
          onChange={(direction) => {
            setValues({ ...values, direction });
          }}
        />
        <ConfirmsCheck
          checked={values.confirmsPassage}
          onChange={(confirmsPassage) => {
            setValues({ ...values, confirmsPassage });
          }}
        />
      </Form>
    </>
  );
}

function ConfirmsCheck({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) {
  const { t } = useTranslation();
  const help = useId();
  return (
    <div className={classes.checks}>
      <label>
        <input
          type="checkbox"
          aria-describedby={help}
          checked={checked}
          onChange={(event) => {
            onChange(event.currentTarget.checked);
          }}
        />
        {t('settings.places.confirmsLabel')}
      </label>
      <p id={help} className={classes.checkHelp}>
        {t('settings.places.confirmsHelp')}
      </p>
    </div>
  );
}

const ways = ['both', 'in', 'out'] as const;
type Ways = (typeof ways)[number];

function WaysChoice({ value, onChange }: { value: Ways; onChange: (value: Ways) => void }) {
  const { t } = useTranslation();
  return (
    <Choice
      label={t('settings.places.ways')}
      value={value}
      data={ways.map((way) => ({ value: way, label: t(`settings.places.direction.${way}`) }))}
      onChange={(chosen) => {
        onChange(ways.find((way) => way === chosen) ?? 'both');
      }}
    />
  );
}
