import { Popover } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import item from '@/components/rail-item.module.css';
import type { Notices } from '../use-notices';
import { NoticeCount } from './notice-count';
import { NoticeList } from './notice-list';
import classes from './notices.module.css';

/** The bell of the rail and its panel. The list is there, whatever page is open. */
export function Bell({ notices }: { notices: Notices }) {
  const { t } = useTranslation();
  const titleId = useId();
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="right-end"
      width={400}
      shadow="md"
      withinPortal={false}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={item.item}
          data-testid="bell"
          onClick={() => {
            setOpen((before) => !before);
          }}
        >
          <IconBell size={20} stroke={1.75} aria-hidden="true" />
          {t('notices.title')}
          <NoticeCount count={notices.unread} />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-labelledby={titleId} data-testid="notices">
        <div className={classes.panel}>
          <h2 id={titleId} className={classes.heading}>
            {t('notices.title')}
          </h2>
          <NoticeList notices={notices} onFollow={close} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
