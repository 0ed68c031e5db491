import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '@/lib/use-language';
import { faultOf, useCommand, type Site } from '../api/commands';
import { formatDegrees, pairOf, parseDegrees } from '../degrees';
import { ChangingPart } from './changing-part';
import { Field, Form } from './parts';
import classes from './settings.module.css';

/** Where a site is, for whoever wants one pass at two sites measured against the way between them. */
export function LocationPart({ site }: { site: Site }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const place = site.location;
  return (
    <ChangingPart
      title={t('settings.location.title')}
      change={t('settings.location.change')}
      leave={t('settings.location.leave')}
      told={(changing) =>
        place === null ? (
          !changing && <p className={classes.help}>{t('settings.location.none')}</p>
        ) : (
          <p className={classes.second}>
            {t('settings.location.at', {
              latitude: formatDegrees(place.latitude, language),
              longitude: formatDegrees(place.longitude, language),
            })}
          </p>
        )
      }
      form={(onDone) => <LocationForm site={site} onDone={onDone} />}
    />
  );
}

function LocationForm({ site, onDone }: { site: Site; onDone: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const written = (degrees: number | undefined) => (degrees === undefined ? '' : formatDegrees(degrees, language));
  const [values, setValues] = useState({
    latitude: written(site.location?.latitude),
    longitude: written(site.location?.longitude),
  });
  const [isChecked, setChecked] = useState(false);
  const command = useCommand(onDone);
  const isNothing = values.latitude.trim() === '' && values.longitude.trim() === '';
  const latitude = parseDegrees(values.latitude);
  const longitude = parseDegrees(values.longitude);
  const fault = (field: 'latitude' | 'longitude', degrees: number | undefined) =>
    isChecked && !isNothing && degrees === undefined ? t('settings.location.wrong') : faultOf(command.error, field);
  return (
    <Form
      submit={t('settings.location.save')}
      busy={command.isPending}
      error={command.error}
      quiet
      onSubmit={() => {
        setChecked(true);
        if (isNothing) {
          command.mutate({ path: `/api/sites/${site.id}/location`, body: {} });
        } else if (latitude !== undefined && longitude !== undefined) {
          command.mutate({ path: `/api/sites/${site.id}/location`, body: { latitude, longitude } });
        }
      }}
    >
      <p className={classes.help}>{t('settings.location.help')}</p>
      <Field
        label={t('settings.location.latitude')}
        description={t('settings.location.latitudeHelp')}
        value={values.latitude}
        error={fault('latitude', latitude)}
        onChange={(text) => {
          const pair = pairOf(text);
          setValues(pair === null ? { ...values, latitude: text } : { latitude: pair[0], longitude: pair[1] });
        }}
      />
      <Field
        label={t('settings.location.longitude')}
        value={values.longitude}
        error={fault('longitude', longitude)}
        onChange={(text) => {
          setValues({ ...values, longitude: text });
        }}
      />
    </Form>
  );
}
