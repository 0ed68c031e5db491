import { Button } from '@mantine/core';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, bodyOf } from '@/lib/api-client';
import { useGates, usePlans, useSites, useZones } from '../api/commands';
import { Part } from './parts';
import classes from './settings.module.css';

/** From nothing to the first open door: what is done is seen from the club itself, never ticked by hand. */
export function GuidePage() {
  const { t } = useTranslation();
  const sites = useSites().data?.length ?? 0;
  const zones = useZones().data?.length ?? 0;
  const gates = useGates().data?.length ?? 0;
  const plans = usePlans().data?.length ?? 0;
  const members = useQuery({
    queryKey: ['settings', 'any-member'],
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/members', { signal }))).items.length,
  });
  const live = useQuery({
    queryKey: ['settings', 'any-entry'],
    queryFn: async ({ signal }) =>
      (await bodyOf(api.GET('/api/live', { signal }))).decisions.some(({ decision }) => decision === 'grant'),
  });
  const steps = [
    { key: 'site', done: sites > 0, to: '/settings/places' },
    { key: 'zone', done: zones > 0, to: '/settings/places' },
    { key: 'gate', done: gates > 0, to: '/settings/places' },
    { key: 'plan', done: plans > 0, to: '/settings/plans' },
    { key: 'member', done: (members.data ?? 0) > 0, to: '/desk' },
    { key: 'door', done: live.data === true, to: '/live' },
  ] as const;
  const next = steps.find(({ done }) => !done)?.key;
  return (
    <div className={classes.column}>
      <Part title={t('settings.guide.title')} testId="guide">
        <p className={classes.help}>{next === undefined ? t('settings.guide.allDone') : t('settings.guide.help')}</p>
        <ol className={classes.steps}>
          {steps.map(({ key, done, to }) => (
            <li key={key} className={classes.step}>
              {done ? (
                <IconCircleCheck size={24} color="var(--sc-grant-text)" aria-label={t('settings.guide.done')} />
              ) : (
                <IconCircle size={24} color="var(--sc-text-3)" aria-label={t('settings.guide.open')} />
              )}
              <div className={classes.grow}>
                <p className={classes.name}>{t(`settings.guide.steps.${key}`)}</p>
                <p className={classes.help}>{t(`settings.guide.helps.${key}`)}</p>
              </div>
              {!done && (
                <Button component={Link} to={to} variant={key === next ? 'filled' : 'default'}>
                  {t('settings.guide.go')}
                </Button>
              )}
            </li>
          ))}
        </ol>
      </Part>
    </div>
  );
}
