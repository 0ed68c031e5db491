import { Button } from '@mantine/core';
import classes from './notice.module.css';

interface NoticeProps {
  text: string;
  action?: string | undefined;
  onAction?: () => void;
}

/** At the bottom left, over the page: nothing moves when it comes and goes. Belongs inside a live region. */
export function Notice({ text, action, onAction }: NoticeProps) {
  return (
    <div className={classes.notice} data-plain={action === undefined || undefined}>
      <p className={classes.text}>{text}</p>
      {action !== undefined && (
        <Button variant="subtle" className={classes.action} onClick={onAction}>
          {action}
        </Button>
      )}
    </div>
  );
}
