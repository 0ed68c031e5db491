import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf, useCommand, type Site } from '../api/commands';
import { days, draftOf, toRequest, usualSpan, type Day, type HoursDraft, type Span } from '../hours-draft';
import { Form } from './parts';
import { SpecialDays } from './special-days';
import { TimeRange } from './time-range';
import own from './hours.module.css';
import classes from './settings.module.css';

/** A row per day, as on the paper at the door; days that differ stand below. */
export function HoursForm({ site, onDone }: { site: Site; onDone: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<HoursDraft>(() => draftOf(site.hours));
  const command = useCommand(onDone);
  const setDay = (day: Day, spans: Span[]) => {
    setDraft({ ...draft, week: { ...draft.week, [day]: spans } });
  };
  const fault = faultOf(command.error, 'days');
  return (
    <Form
      submit={t('settings.hours.save')}
      busy={command.isPending}
      error={command.error}
      onSubmit={() => {
        command.mutate({ path: `/api/sites/${site.id}/hours`, body: toRequest(draft) });
      }}
    >
      <div className={classes.list}>
        {days.map((day) => (
          <DayRow
            key={day}
            day={day}
            spans={draft.week[day]}
            onChange={(spans) => {
              setDay(day, spans);
            }}
          />
        ))}
      </div>
      <div className={classes.actions}>
        <Button
          variant="default"
          disabled={draft.week.mon.length === 0}
          onClick={() => {
            const week = Object.fromEntries(days.map((day) => [day, draft.week.mon])) as HoursDraft['week'];
            setDraft({ ...draft, week });
          }}
        >
          {t('settings.hours.copyMonday')}
        </Button>
      </div>
      <SpecialDays
        special={draft.special}
        error={command.error}
        onChange={(special) => {
          setDraft({ ...draft, special });
        }}
      />
      {fault !== null && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
    </Form>
  );
}

interface DayRowProps {
  day: Day;
  spans: Span[];
  onChange: (spans: Span[]) => void;
}

const mostSpans = 2;

function DayRow({ day, spans, onChange }: DayRowProps) {
  const { t } = useTranslation();
  const name = t(`settings.hours.days.${day}`);
  return (
    <div className={own.day} role="group" aria-label={name}>
      <span className={own.dayName}>{name}</span>
      <div className={own.spans}>
        {spans.length === 0 && <span className={classes.second}>{t('settings.hours.closed')}</span>}
        {spans.map((span, index) => (
          <div key={index} className={own.span}>
            <TimeRange
              span={span}
              of={name}
              onChange={(next) => {
                onChange(spans.map((one, at) => (at === index ? next : one)));
              }}
            />
            <Button
              variant="subtle"
              color="gray"
              aria-label={t('settings.hours.removeOf', { day: name })}
              onClick={() => {
                onChange(spans.filter((_, at) => at !== index));
              }}
            >
              {t('settings.remove')}
            </Button>
          </div>
        ))}
      </div>
      {spans.length < mostSpans && (
        <Button
          variant="subtle"
          aria-label={t('settings.hours.addTo', { day: name })}
          onClick={() => {
            onChange([...spans, spans.length === 0 ? usualSpan : { from: '14:00', to: '18:00' }]);
          }}
        >
          {t('settings.hours.add')}
        </Button>
      )}
    </div>
  );
}
