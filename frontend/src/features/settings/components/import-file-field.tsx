import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './import.module.css';

interface ImportFileFieldProps {
  file: File | null;
  disabled: boolean;
  onChange: (file: File | null) => void;
}

/** A file is chosen, or dropped here. */
export function ImportFileField({ file, disabled, onChange }: ImportFileFieldProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer.files[0];
    if (dropped !== undefined && !disabled) {
      onChange(dropped);
    }
  };
  return (
    <label
      className={classes.drop}
      data-over={over || undefined}
      data-disabled={disabled || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(!disabled);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={drop}
    >
      <IconFileSpreadsheet size={28} stroke={1.5} aria-hidden="true" />
      <span className={classes.dropName}>{file === null ? t('settings.import.choose') : file.name}</span>
      <span className={classes.dropHelp}>
        {file === null ? t('settings.import.drop') : t('settings.import.another')}
      </span>
      <input
        className={classes.input}
        type="file"
        aria-label={t('settings.import.file')}
        accept=".csv,.txt,.xlsx"
        disabled={disabled}
        onChange={(event) => {
          onChange(event.currentTarget.files?.[0] ?? null);
        }}
      />
    </label>
  );
}
