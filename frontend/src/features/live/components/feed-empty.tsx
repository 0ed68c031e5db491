import { IconDoor } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { StatePanel } from '@/components/state-panel';
import type { FeedFilter } from '../feed-filter';

export function FeedEmpty({ filter }: { filter: FeedFilter }) {
  const { t } = useTranslation();
  const words = {
    all: [t('live.feed.emptyTitle'), t('live.feed.emptyHelp')],
    entries: [t('live.feed.emptyEntriesTitle'), t('live.feed.emptyEntriesHelp')],
    refusals: [t('live.feed.emptyRefusalsTitle'), t('live.feed.emptyRefusalsHelp')],
  } as const;
  const [title, help] = words[filter];
  return <StatePanel icon={IconDoor} title={title} help={help} />;
}
