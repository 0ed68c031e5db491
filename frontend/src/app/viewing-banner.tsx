import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, bodyOf } from '@/lib/api-client';
import classes from './viewing-banner.module.css';

/** Says with whose eyes the club is seen, for as long as that lasts. */
export function ViewingBanner({ name }: { name: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/auth/view-as/end')),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <aside className={classes.banner} aria-label={t('viewing.label')}>
      <p>{t('viewing.text', { name })}</p>
      <Button
        variant="default"
        loading={end.isPending}
        onClick={() => {
          end.mutate();
        }}
      >
        {t('viewing.end')}
      </Button>
    </aside>
  );
}
