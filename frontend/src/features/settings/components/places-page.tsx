import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf, useCommand, useGates, useSites, useZones, type Gate, type Site, type Zone } from '../api/commands';
import { fallbackTimeZone } from '@/lib/club';
import { GateForm } from './gate-form';
import { GateRow } from './gate-row';
import { HoursPart } from './hours-part';
import { LocationPart } from './location-part';
import { Choice, Field, Form, Loaded, Part } from './parts';
import { RowChange } from './row-change';
import { ZoneForm, ZoneRow } from './zone-row';
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

/** A new site, or one that is changed. */
function SiteForm(props: { quiet: boolean; site?: undefined } | { site: Site; onDone: () => void }) {
  const { t } = useTranslation();
  const { site } = props;
  const first = {
    name: site?.name ?? '',
    timeZone: site?.timeZone ?? fallbackTimeZone,
    currency: site?.currency ?? 'USD',
  };
  const [values, setValues] = useState(first);
  const command = useCommand(() => {
    if (props.site === undefined) {
      setValues(first);
    } else {
      props.onDone();
    }
  });
  return (
    <Form
      submit={t(site === undefined ? 'settings.places.addSite' : 'settings.places.saveSite')}
      busy={command.isPending}
      error={command.error}
      quiet={props.site === undefined && props.quiet}
      onSubmit={() => {
        command.mutate({ path: site === undefined ? '/api/sites' : `/api/sites/${site.id}`, body: values });
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
        description={t(site === undefined ? 'settings.places.timeZoneHelp' : 'settings.places.timeZoneChange')}
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
      <div className={classes.item}>
        <p className={`${classes.grow} ${classes.second}`}>{`${site.timeZone} · ${site.currency}`}</p>
        <RowChange name={site.name} form={(onDone) => <SiteForm site={site} onDone={onDone} />} />
      </div>
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
            <GateRow key={gate.id} gate={gate} zones={zones} />
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
