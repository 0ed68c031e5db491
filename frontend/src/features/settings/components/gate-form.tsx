import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf, useCommand, type Site, type Zone } from '../api/commands';
import { Choice, Field, Form, Secret } from './parts';

/** The key is shown once: it goes into the box at the door. */
export function GateForm({ site, zones }: { site: Site; zones: Zone[] }) {
  const { t } = useTranslation();
  const [values, setValues] = useState({
    name: '',
    zoneId: zones[0]?.id ?? '',
    direction: 'both',
    confirmsPassage: false,
  });
  const command = useCommand<{ id: string; key: string }>(() => {
    setValues({ ...values, name: '' });
  });
  return (
    <>
      {command.data !== undefined && (
        <Secret text={`${command.data.id} ${command.data.key}`} help={t('settings.places.keyHelp')} />
      )}
      <Form
        submit={t('settings.places.addGate')}
        busy={command.isPending}
        error={command.error}
        onSubmit={() => {
          command.mutate({ path: '/api/gates', body: { ...values, siteId: site.id } });
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
        <Choice
          label={t('settings.places.ways')}
          value={values.direction}
          data={(['both', 'in', 'out'] as const).map((value) => ({
            value,
            label: t(`settings.places.direction.${value}`),
          }))}
          onChange={(direction) => {
            setValues({ ...values, direction });
          }}
        />
        <Checkbox
          label={t('settings.places.confirmsLabel')}
          description={t('settings.places.confirmsHelp')}
          checked={values.confirmsPassage}
          onChange={(event) => {
            setValues({ ...values, confirmsPassage: event.currentTarget.checked });
          }}
        />
      </Form>
    </>
  );
}
