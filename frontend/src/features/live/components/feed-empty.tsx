import { IconDoor } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { StatePanel } from '@/components/state-panel';
import type { FeedFilter } from '../feed-filter';
import type { Today } from '../live-types';

/** Nothing yet today and nothing among the latest are two different things to say. */
export function FeedEmpty({ filter, today }: { filter: FeedFilter; today: Today }) {
  const { t } = useTranslation();
  const words = {
    all: [t('live.feed.emptyTitle'), t('live.feed.emptyHelp')],
    entries:
      today.entries === 0
        ? [t('live.feed.noEntryTitle'), t('live.feed.nextHelp')]
        : [t('live.feed.noRecentEntryTitle'), t('live.feed.nextHelp')],
    refusals:
      today.refusals === 0
        ? [t('live.feed.noRefusalTitle'), t('live.feed.noRefusalHelp')]
        : [t('live.feed.noRecentRefusalTitle'), t('live.feed.nextHelp')],
  } as const;
  const [title, help] = words[filter];
  return <StatePanel icon={IconDoor} title={title} help={help} />;
}
