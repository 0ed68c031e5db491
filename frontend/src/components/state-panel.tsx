import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './state-panel.module.css';

interface StatePanelProps {
  icon: Icon;
  title: string;
  help?: ReactNode;
  action?: ReactNode;
  /** Failures are spoken at once; an empty list is only there to be read. */
  alert?: boolean;
}

export function StatePanel({ icon: PanelIcon, title, help, action, alert = false }: StatePanelProps) {
  return (
    <div className={classes.panel} role={alert ? 'alert' : undefined}>
      <PanelIcon size={32} stroke={1.75} className={classes.icon} aria-hidden="true" />
      <p className={classes.title}>{title}</p>
      {help !== undefined && <div className={classes.help}>{help}</div>}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
