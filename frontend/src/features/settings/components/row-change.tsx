import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Changes what a row of a list says, in a form below it; who has no mouse is taken there, and back. */
export function RowChange({ name, form }: { name: string; form: (onDone: () => void) => ReactNode }) {
  const { t } = useTranslation();
  const [changing, setChanging] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasChanging = useRef(false);
  useEffect(() => {
    if (changing) {
      area.current?.querySelector('input')?.focus();
    } else if (wasChanging.current) {
      button.current?.focus();
    }
    wasChanging.current = changing;
  }, [changing]);
  return (
    <>
      <Button
        ref={button}
        variant="default"
        aria-label={t('settings.roles.changeOf', { name })}
        aria-expanded={changing}
        onClick={() => {
          setChanging(!changing);
        }}
      >
        {t('settings.roles.change')}
      </Button>
      {changing && (
        <div ref={area} style={{ flexBasis: '100%', paddingTop: 8 }}>
          {form(() => {
            setChanging(false);
          })}
        </div>
      )}
    </>
  );
}
