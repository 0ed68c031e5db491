import { Button } from '@mantine/core';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, bodyOf, type Answer } from '@/lib/api-client';
import { Loaded, Part } from './parts';
import classes from './settings.module.css';

const steps = [
  { key: 'site', to: '/settings/places' },
  { key: 'zone', to: '/settings/places' },
  { key: 'gate', to: '/settings/places' },
  { key: 'plan', to: '/settings/plans' },
  { key: 'member', to: '/desk' },
  { key: 'door', to: '/live' },
] as const;

type Done = Answer<'FirstSteps'>;

/** What a club needs before its first door opens, and whether it is there: seen from the club itself. */
function useDone(): UseQueryResult<Done> {
  return useQuery({
    queryKey: ['settings', 'first-steps'],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/club/first-steps', { signal })),
  });
}

/** From nothing to the first open door: what is done is never ticked by hand. */
export function GuidePage() {
  const { t } = useTranslation();
  return (
    <div className={classes.column}>
      <Part title={t('settings.guide.title')} testId="guide">
        <Loaded query={useDone()}>{(done) => <Steps done={done} />}</Loaded>
      </Part>
    </div>
  );
}

function Steps({ done }: { done: Done }) {
  const { t } = useTranslation();
  const next = steps.find(({ key }) => !done[key])?.key;
  return (
    <>
      <p className={classes.help}>{next === undefined ? t('settings.guide.allDone') : t('settings.guide.help')}</p>
      <ol className={classes.steps}>
        {steps.map(({ key, to }) => (
          <li key={key} className={classes.step}>
            {done[key] ? (
              <IconCircleCheck size={24} color="var(--sc-grant-text)" aria-label={t('settings.guide.done')} />
            ) : (
              <IconCircle size={24} color="var(--sc-text-3)" aria-label={t('settings.guide.open')} />
            )}
            <div className={classes.grow}>
              <p className={classes.name}>{t(`settings.guide.steps.${key}`)}</p>
              <p className={classes.help}>{t(`settings.guide.helps.${key}`)}</p>
            </div>
            {!done[key] && (
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
