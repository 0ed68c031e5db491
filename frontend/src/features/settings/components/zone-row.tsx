import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf, useCommand, type Site, type Zone } from '../api/commands';
import { Choice, Field, Form, Tag } from './parts';
import { RowChange } from './row-change';
import classes from './settings.module.css';

/** After four hours most people have left, seen or not. */
const forgivenessMinutes = 240;

/** A zone with what counts in it, and the way to change that. */
export function ZoneRow({ zone }: { zone: Zone }) {
  const { t } = useTranslation();
  return (
    <li className={classes.item}>
      <div className={classes.grow}>
        <p className={classes.name}>{zone.name}</p>
        <p className={classes.second}>{t(`settings.places.passback.${zone.antiPassback}`)}</p>
      </div>
      {zone.capacity !== null && <Tag>{t('settings.places.capacityOf', { count: zone.capacity })}</Tag>}
      <RowChange name={zone.name} form={(onDone) => <ZoneForm zone={zone} onDone={onDone} />} />
    </li>
  );
}

/** A new zone of a site, or one that is changed. */
export function ZoneForm(props: { site: Site } | { zone: Zone; onDone: () => void }) {
  const { t } = useTranslation();
  const known = 'zone' in props ? props.zone : null;
  const first = {
    name: known?.name ?? '',
    antiPassback: known?.antiPassback ?? ('soft' as const),
    forgiveness: `${known?.forgivenessMinutes ?? forgivenessMinutes}`,
    capacity: known?.capacity == null ? '' : `${known.capacity}`,
  };
  const [values, setValues] = useState<Record<keyof typeof first, string>>(first);
  const [isChecked, setChecked] = useState(false);
  const isWrong = (text: string) => !/^\d*$/.test(text.trim());
  const command = useCommand(() => {
    if ('zone' in props) {
      props.onDone();
    } else {
      setValues(first);
    }
  });
  const field = (key: keyof typeof first, label: string, description?: string) => (
    <Field
      label={label}
      {...(description !== undefined && { description, inputMode: 'numeric' as const })}
      value={values[key]}
      error={
        isChecked && key !== 'name' && isWrong(values[key])
          ? t('settings.places.noNumber')
          : faultOf(command.error, key === 'forgiveness' ? 'forgivenessMinutes' : key)
      }
      onChange={(value) => {
        setValues({ ...values, [key]: value });
      }}
    />
  );
  return (
    <Form
      submit={t(known === null ? 'settings.places.addZone' : 'settings.places.saveZone')}
      busy={command.isPending}
      error={command.error}
      onSubmit={() => {
        const { name, antiPassback, forgiveness, capacity } = values;
        setChecked(true);
        if (isWrong(forgiveness) || isWrong(capacity)) {
          return;
        }
        const rules = { name, antiPassback, forgivenessMinutes: numberOf(forgiveness), capacity: numberOf(capacity) };
        command.mutate(
          'zone' in props
            ? { path: `/api/zones/${props.zone.id}`, body: rules }
            : { path: '/api/zones', body: { siteId: props.site.id, ...rules } },
        );
      }}
    >
      {field('name', t('settings.name'))}
      <Choice
        label={t('settings.places.antiPassback')}
        value={values.antiPassback}
        data={(['hard', 'soft', 'off'] as const).map((value) => ({
          value,
          label: t(`settings.places.passback.${value}`),
        }))}
        onChange={(antiPassback) => {
          setValues({ ...values, antiPassback });
        }}
      />
      {field('forgiveness', t('settings.places.forgiveness'), t('settings.places.forgivenessHelp'))}
      {field('capacity', t('settings.places.capacity'), t('settings.places.capacityHelp'))}
    </Form>
  );
}

/** Nothing typed is nothing. */
function numberOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}
