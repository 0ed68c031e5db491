import { Button } from '@mantine/core';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, bodyOf } from '@/lib/api-client';
import { useGates, usePlans, useSites, useZones } from '../api/commands';
import { Loaded, Part } from './parts';
import classes from './settings.module.css';

/** What a club needs before its first door opens, and whether it is there: seen from the club itself. */
function useSteps() {
  const sites = useSites();
  const zones = useZones();
  const gates = useGates();
  const plans = usePlans();
  const members = useQuery({
    queryKey: ['settings', 'any-member'],
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/members', { signal }))).items.slice(0, 1),
  });
  // The door that opened once has opened for good: today's entries are not asked, but whether there ever was one.
  const entries = useQuery({
    queryKey: ['settings', 'any-entry'],
    queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/lists/visits', { signal }))).items.slice(0, 1),
  });
  const asked = [sites, zones, gates, plans, members, entries];
  const places = ['/settings/places', '/settings/places', '/settings/places', '/settings/plans', '/desk', '/live'];
  const keys = ['site', 'zone', 'gate', 'plan', 'member', 'door'] as const;
  // Nothing is said to be missing before the club has told.
  const data = asked.every((one) => one.data !== undefined)
    ? keys.map((key, i) => ({ key, to: places[i] ?? '/live', done: (asked[i]?.data ?? []).length > 0 }))
    : undefined;
  return {
    data,
    isError: asked.some(({ isError }) => isError),
    error: asked.find(({ error }) => error !== null)?.error ?? null,
    refetch: () => {
      asked.filter(({ isError }) => isError).forEach((one) => void one.refetch());
    },
  };
}

/** From nothing to the first open door: what is done is never ticked by hand. */
export function GuidePage() {
  const { t } = useTranslation();
  return (
    <div className={classes.column}>
      <Part title={t('settings.guide.title')} testId="guide">
        <Loaded query={useSteps()}>{(steps) => <Steps steps={steps} />}</Loaded>
      </Part>
    </div>
  );
}

function Steps({ steps }: { steps: NonNullable<ReturnType<typeof useSteps>['data']> }) {
  const { t } = useTranslation();
  const next = steps.find(({ done }) => !done)?.key;
  return (
    <>
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
    </>
  );
}
