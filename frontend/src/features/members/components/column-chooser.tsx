import { Button, Menu } from '@mantine/core';
import { IconCheck, IconColumns3 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { columnsToChoose, keepColumns, type ChosenColumn } from '../chosen-columns';
import classes from './members-page.module.css';

interface ColumnChooserProps {
  shown: ReadonlySet<ChosenColumn>;
  onShow: (shown: ReadonlySet<ChosenColumn>) => void;
}

const titles = {
  plan: 'members.plan',
  status: 'members.status',
  expires: 'members.expires',
  visit: 'members.lastVisit',
  since: 'members.since',
  phone: 'members.phone',
} as const;

/** Which columns the list shows; kept by this browser. */
export function ColumnChooser({ shown, onShow }: ColumnChooserProps) {
  const { t } = useTranslation();
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconColumns3 size={18} stroke={1.75} />} className={classes.columns}>
          {t('members.columns')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {columnsToChoose.map((each) => (
          <Menu.Item
            key={each}
            role="menuitemcheckbox"
            aria-checked={shown.has(each)}
            leftSection={
              <IconCheck
                size={16}
                stroke={2.2}
                aria-hidden="true"
                style={{ visibility: shown.has(each) ? 'visible' : 'hidden' }}
              />
            }
            onClick={() => {
              const next = new Set(shown);
              if (!next.delete(each)) {
                next.add(each);
              }
              keepColumns(next);
              onShow(next);
            }}
          >
            {t(titles[each])}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
