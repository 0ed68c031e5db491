import { Button } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { faultOf, useCommand, type Site } from '../api/commands';
import { days, draftOf, nextSpan, overlapsOf, toRequest, type Day, type HoursDraft, type Span } from '../hours-draft';
import { Form } from './parts';
import { SpecialDays } from './special-days';
import { TimeRange } from './time-range';
import own from './hours.module.css';
import classes from './settings.module.css';

/** A row per day, as on the paper at the door; days that differ stand below. */
export function HoursForm({ site, onDone }: { site: Site; onDone: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<HoursDraft>(() => draftOf(site.hours));
  const [sent, setSent] = useState<HoursRequest | null>(null);
  const [isChecked, setChecked] = useState(false);
  const command = useCommand(onDone);
  const overlaps = overlapsOf(draft);
  const faultOfDay = (day: Day): string | null =>
    isChecked && overlaps.week.includes(day) ? t('settings.hours.overlaps') : wrongOf(command.error, sent, day);
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
        setChecked(true);
        if (overlaps.week.length === 0 && overlaps.special.length === 0) {
          const body = toRequest(draft);
          setSent(body);
          command.mutate({ path: `/api/sites/${site.id}/hours`, body });
        }
      }}
    >
      <div className={classes.list}>
        {days.map((day) => (
          <DayRow
            key={day}
            day={day}
            spans={draft.week[day]}
            fault={faultOfDay(day)}
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
        overlaps={isChecked ? overlaps.special : []}
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

type HoursRequest = ReturnType<typeof toRequest>;

/** What the server says of hours that were sent for this day among others. */
function wrongOf(error: Error | null, sent: HoursRequest | null, day: Day): string | null {
  const faults = sent?.week.flatMap((window, at) =>
    window.days.includes(day) ? ['from', 'to', 'days'].map((end) => faultOf(error, `week[${at}].${end}`)) : [],
  );
  return faults?.find((fault) => fault !== null) ?? null;
}

interface DayRowProps {
  day: Day;
  spans: Span[];
  fault: string | null;
  onChange: (spans: Span[]) => void;
}

const mostSpans = 2;

function DayRow({ day, spans, fault, onChange }: DayRowProps) {
  const { t } = useTranslation();
  const id = useId();
  const name = t(`settings.hours.days.${day}`);
  return (
    <div
      className={own.day}
      role="group"
      aria-label={name}
      {...(fault !== null && { 'aria-describedby': id })}
    >
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
        {fault !== null && (
          <p id={id} className={classes.fault} role="alert">
            {fault}
          </p>
        )}
      </div>
      {spans.length < mostSpans && (
        <Button
          variant="subtle"
          aria-label={t('settings.hours.addTo', { day: name })}
          onClick={() => {
            onChange([...spans, nextSpan(spans)]);
          }}
        >
          {t('settings.hours.add')}
        </Button>
      )}
    </div>
  );
}
