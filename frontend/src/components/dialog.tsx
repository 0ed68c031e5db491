import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './dialog.module.css';

interface DialogProps {
  title: string;
  /** A dialog whose own field says what it is for, such as the search, hides its title from the eye. */
  bare?: boolean;
  onClose: () => void;
  children: ReactNode;
  testId?: string;
}

/** The browser's own dialog: it keeps the keyboard inside, closes on Escape and gives the focus back. */
export function Dialog({ title, bare = false, onClose, children, testId }: DialogProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={classes.dialog}
      data-bare={bare || undefined}
      data-testid={testId}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        // Only the backdrop is outside of the box and still the dialog itself.
        if (event.target === ref.current) {
          onClose();
        }
      }}
    >
      <div className={classes.box}>
        <div className={classes.head}>
          <h2 id={titleId} className={classes.title}>
            {title}
          </h2>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('app.close')} onClick={onClose}>
            <IconX size={20} stroke={1.75} />
          </ActionIcon>
        </div>
        {children}
      </div>
    </dialog>
  );
}
