import { IconCloudOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '@/components/error-panel';
import { StatePanel } from '@/components/state-panel';
import { TableSkeleton } from '@/components/table-skeleton';
import { ApiError } from '@/lib/api-client';

interface ListInsteadProps {
  list: { isPending: boolean; isPaused: boolean; error: Error | null; refetch: () => unknown };
  /** What is said when there is nothing in it. */
  children: ReactNode;
}

/** What stands in the place of a list's rows: that it failed, is on its way or is empty. */
export function ListInstead({ list, children }: ListInsteadProps) {
  const { t } = useTranslation();
  if (list.error !== null) {
    return (
      <ErrorPanel
        title={t('members.failed')}
        help={t('member.failedHelp')}
        code={list.error instanceof ApiError ? list.error.code : 'unexpected'}
        nextTryAt={null}
        onRetry={() => void list.refetch()}
      />
    );
  }
  if (list.isPending && list.isPaused) {
    return <StatePanel icon={IconCloudOff} title={t('error.offline')} />;
  }
  return list.isPending ? <TableSkeleton /> : children;
}
