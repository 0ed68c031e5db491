import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { faultOf } from '../api/commands';
import { usualSpan, type SpecialDraft } from '../hours-draft';
import { Field } from './parts';
import { TimeRange } from './time-range';
import own from './hours.module.css';
import classes from './settings.module.css';

interface SpecialDaysProps {
  special: SpecialDraft[];
  /** Places of those whose hours run into others. */
  overlaps: number[];
  error: Error | null;
  onChange: (special: SpecialDraft[]) => void;
}

/** Holidays and the like: closed, or open at other hours. */
export function SpecialDays({ special, overlaps, error, onChange }: SpecialDaysProps) {
  const { t } = useTranslation();
  return (
    <fieldset className={own.group}>
      <legend className={classes.sub}>{t('settings.hours.special')}</legend>
      <p className={classes.help}>{t('settings.hours.specialHelp')}</p>
      {special.map((day, index) => (
        <SpecialRow
          key={index}
          day={day}
          fault={faultOf(error, `days[${index}].day`)}
          hoursFault={
            overlaps.includes(index)
              ? t('settings.hours.overlaps')
              : (faultOf(error, `days[${index}].from`) ?? faultOf(error, `days[${index}].to`))
          }
          onChange={(next) => {
            onChange(special.map((one, at) => (at === index ? next : one)));
          }}
          onRemove={() => {
            onChange(special.filter((_, at) => at !== index));
          }}
        />
      ))}
      <div className={classes.actions}>
        <Button
          variant="default"
          onClick={() => {
            onChange([...special, { day: '', name: '', closed: true, ...usualSpan }]);
          }}
        >
          {t('settings.hours.addSpecial')}
        </Button>
      </div>
    </fieldset>
  );
}

interface SpecialRowProps {
  day: SpecialDraft;
  fault: string | null;
  hoursFault: string | null;
  onChange: (day: SpecialDraft) => void;
  onRemove: () => void;
}

function SpecialRow({ day, fault, hoursFault, onChange, onRemove }: SpecialRowProps) {
  const { t } = useTranslation();
  const name = day.name === '' ? day.day : day.name;
  return (
    <div className={own.specialDay} role="group" aria-label={name === '' ? t('settings.hours.special') : name}>
      <div className={classes.row}>
        <Field
          label={t('settings.hours.date')}
          type="date"
          value={day.day}
          error={fault}
          onChange={(value) => {
            onChange({ ...day, day: value });
          }}
        />
        <Field
          label={t('settings.hours.why')}
          value={day.name}
          onChange={(value) => {
            onChange({ ...day, name: value });
          }}
        />
      </div>
      <div className={own.span}>
        <label className={own.check}>
          <input
            type="checkbox"
            checked={day.closed}
            onChange={(event) => {
              onChange({ ...day, closed: event.currentTarget.checked });
            }}
          />
          {t('settings.hours.closed')}
        </label>
        {!day.closed && (
          <TimeRange
            span={day}
            of={name}
            onChange={(span) => {
              onChange({ ...day, ...span });
            }}
          />
        )}
        <Button
          variant="subtle"
          color="gray"
          aria-label={t('settings.hours.removeOf', { day: name })}
          onClick={onRemove}
        >
          {t('settings.remove')}
        </Button>
      </div>
      {hoursFault !== null && (
        <p className={classes.fault} role="alert">
          {hoursFault}
        </p>
      )}
    </div>
  );
}
