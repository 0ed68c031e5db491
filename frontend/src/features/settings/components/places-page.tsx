import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf, useCommand, useGates, useSites, useZones, type Gate, type Site, type Zone } from '../api/commands';
import { fallbackTimeZone } from '@/lib/club';
import { GateForm } from './gate-form';
import { GateRow } from './gate-row';
import { HoursPart } from './hours-part';
import { LocationPart } from './location-part';
import { Choice, Field, Form, Loaded, Part, Tag } from './parts';
import classes from './settings.module.css';

const currencies = ['USD', 'CDF', 'EUR'];

export function PlacesPage() {
  const { t } = useTranslation();
  const sites = useSites();
  const zones = useZones();
  const gates = useGates();
  return (
    <div className={classes.column}>
      <Loaded query={sites}>
        {(all) => (
          <>
            {all.map((site) => (
              <SitePart
                key={site.id}
                site={site}
                zones={zones.data?.filter(({ siteId }) => siteId === site.id) ?? []}
                gates={gates.data?.filter(({ siteId }) => siteId === site.id) ?? []}
              />
            ))}
            <Part title={t('settings.places.newSite')} testId="new-site">
              <p className={classes.help}>{t('settings.places.siteHelp')}</p>
              <SiteForm quiet={all.length > 0} />
            </Part>
          </>
        )}
      </Loaded>
    </div>
  );
}

function SiteForm({ quiet }: { quiet: boolean }) {
  const { t } = useTranslation();
  const empty = { name: '', timeZone: fallbackTimeZone, currency: 'USD' };
  const [values, setValues] = useState(empty);
  const command = useCommand(() => {
    setValues(empty);
  });
  return (
    <Form
      submit={t('settings.places.addSite')}
      busy={command.isPending}
      error={command.error}
      quiet={quiet}
      onSubmit={() => {
        command.mutate({ path: '/api/sites', body: values });
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
      <Field
        label={t('settings.places.timeZone')}
        description={t('settings.places.timeZoneHelp')}
        value={values.timeZone}
        error={faultOf(command.error, 'timeZone')}
        onChange={(timeZone) => {
          setValues({ ...values, timeZone });
        }}
      />
      <Choice
        label={t('settings.places.currency')}
        data={currencies}
        value={values.currency}
        onChange={(currency) => {
          setValues({ ...values, currency });
        }}
      />
    </Form>
  );
}

function SitePart({ site, zones, gates }: { site: Site; zones: Zone[]; gates: Gate[] }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState<'zone' | 'gate' | null>(null);
  return (
    <Part title={site.name} testId="site">
      <p className={classes.second}>{`${site.timeZone} · ${site.currency}`}</p>
      <HoursPart site={site} />
      <LocationPart site={site} />
      <h3 className={classes.sub}>{t('settings.places.zones')}</h3>
      {zones.length === 0 ? (
        <p className={classes.help}>{t('settings.places.noZones')}</p>
      ) : (
        <ul className={classes.list}>
          {zones.map((zone) => (
            <ZoneRow key={zone.id} zone={zone} />
          ))}
        </ul>
      )}
      <h3 className={classes.sub}>{t('settings.places.gates')}</h3>
      {gates.length === 0 ? (
        <p className={classes.help}>{t('settings.places.noGates')}</p>
      ) : (
        <ul className={classes.list}>
          {gates.map((gate) => (
            <GateRow key={gate.id} gate={gate} zone={zones.find(({ id }) => id === gate.zoneId)?.name ?? ''} />
          ))}
        </ul>
      )}
      <div className={classes.actions}>
        <Button
          variant="default"
          aria-expanded={adding === 'zone'}
          onClick={() => {
            setAdding(adding === 'zone' ? null : 'zone');
          }}
        >
          {t('settings.places.addZone')}
        </Button>
        <Button
          variant="default"
          disabled={zones.length === 0}
          aria-expanded={adding === 'gate'}
          onClick={() => {
            setAdding(adding === 'gate' ? null : 'gate');
          }}
        >
          {t('settings.places.addGate')}
        </Button>
      </div>
      {adding === 'zone' && <ZoneForm site={site} />}
      {adding === 'gate' && <GateForm site={site} zones={zones} />}
    </Part>
  );
}

function ZoneRow({ zone }: { zone: Zone }) {
  const { t } = useTranslation();
  return (
    <li className={classes.item}>
      <div className={classes.grow}>
        <p className={classes.name}>{zone.name}</p>
        <p className={classes.second}>{t(`settings.places.passback.${zone.antiPassback}`)}</p>
      </div>
      {zone.capacity !== null && <Tag>{t('settings.places.capacityOf', { count: zone.capacity })}</Tag>}
    </li>
  );
}

function ZoneForm({ site }: { site: Site }) {
  const { t } = useTranslation();
  const empty = { name: '', antiPassback: 'soft', capacity: '' };
  const [values, setValues] = useState(empty);
  const command = useCommand(() => {
    setValues(empty);
  });
  return (
    <Form
      submit={t('settings.places.addZone')}
      busy={command.isPending}
      error={command.error}
      onSubmit={() => {
        const { name, antiPassback, capacity } = values;
        const places = capacity.trim() === '' ? null : Number(capacity);
        command.mutate({
          path: '/api/zones',
          body: { siteId: site.id, name, antiPassback, forgivenessMinutes: 240, capacity: places },
        });
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
      <Field
        label={t('settings.places.capacity')}
        description={t('settings.places.capacityHelp')}
        inputMode="numeric"
        value={values.capacity}
        error={faultOf(command.error, 'capacity')}
        onChange={(capacity) => {
          setValues({ ...values, capacity });
        }}
      />
    </Form>
  );
}
