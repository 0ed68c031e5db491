import { Button } from '@mantine/core';
import { IconDoor, IconDoorExit } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '@/lib/rights';
import { useLiveView } from '../live-context';
import classes from './live-header.module.css';
import { OpenDoorDialog } from './open-door';

/** What can be done about doors at once, by the rights of who is signed in. */
export function LiveActions({ children }: { children?: ReactNode }) {
  const { t } = useTranslation();
  const { connection } = useLiveView();
  const mayEvacuate = useMay('sites.evacuate');
  const mayOpen = useMay('gates.command');
  const [opening, setOpening] = useState(false);
  return (
    <div className={classes.actions}>
      {mayEvacuate && (
        <Button
          component={Link}
          to="/evacuation"
          variant="default"
          className={classes.evacuate}
          leftSection={<IconDoorExit size={20} stroke={1.75} aria-hidden="true" />}
        >
          {t('live.evacuate')}
        </Button>
      )}
      {children}
      {mayOpen && (
        <Button
          variant="default"
          disabled={connection.kind === 'lost'}
          leftSection={<IconDoor size={20} stroke={1.75} aria-hidden="true" />}
          onClick={() => {
            setOpening(true);
          }}
        >
          {t('openDoor.button')}
        </Button>
      )}
      {opening && (
        <OpenDoorDialog
          onClose={() => {
            setOpening(false);
          }}
        />
      )}
    </div>
  );
}
