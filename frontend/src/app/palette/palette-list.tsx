import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Kbd } from '@/components/kbd';
import { Photo } from '@/components/photo';
import type { PaletteGroup, PaletteItem } from './palette-items';
import classes from './palette.module.css';

interface PaletteListProps {
  id: string;
  groups: readonly PaletteGroup[];
  chosen: string | undefined;
  /** What is said when nothing was found; empty while the answer is still on its way. */
  nothing: string;
  onChoose: (item: PaletteItem) => void;
  onOpen: (item: PaletteItem, inNewTab: boolean) => void;
}

export function PaletteList({ id, groups, chosen, nothing, onChoose, onOpen }: PaletteListProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div className={classes.results}>
      <div ref={list} id={id} role="listbox" aria-label={t('palette.results')} className={classes.list}>
        {groups.map((group) => (
          <div key={group.id} role="group" aria-label={t(`palette.${group.id}`)}>
            <p className={classes.group} role="presentation">
              {t(`palette.${group.id}`)}
            </p>
            {group.items.map((item) => (
              <Option
                key={item.id}
                id={`${id}-${item.id}`}
                item={item}
                chosen={item.id === chosen}
                onChoose={onChoose}
                onOpen={onOpen}
              />
            ))}
          </div>
        ))}
      </div>
      {groups.length === 0 && (
        <p className={classes.nothing} role="status">
          {nothing}
        </p>
      )}
    </div>
  );
}

interface OptionProps extends Pick<PaletteListProps, 'onChoose' | 'onOpen'> {
  id: string;
  item: PaletteItem;
  chosen: boolean;
}

function Option({ id, item, chosen, onChoose, onOpen }: OptionProps) {
  const { icon: ItemIcon, person, label, note, shortcut } = item;
  return (
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      className={classes.option}
      onPointerMove={() => {
        onChoose(item);
      }}
      onClick={(event) => {
        onOpen(item, event.ctrlKey || event.metaKey);
      }}
    >
      {person !== undefined && <Photo name={person.displayName} photoUrl={person.photoUrl} />}
      {ItemIcon !== undefined && (
        <span className={classes.icon}>
          <ItemIcon size={20} stroke={1.75} aria-hidden="true" />
        </span>
      )}
      <span className={classes.label} title={label}>
        {label}
      </span>
      {note !== undefined && <span className={classes.note}>{note}</span>}
      {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
    </div>
  );
}
