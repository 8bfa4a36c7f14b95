import { Search } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { moveCursor } from '#renderer/ui/list-cursor.ts';
import { TextField } from '#renderer/ui/text-field.tsx';
import type { PaletteItem } from './palette-item.ts';
import { familyTitle } from '#shared/pipeline/kind-families.ts';
import { PaletteRow } from './palette-row.tsx';
import { useRecentItems } from './recent-items.ts';
import { groupPalette } from './search-palette.ts';
import styles from './palette.module.css';

export interface PaletteSearchProps {
  readonly items: readonly PaletteItem[];
  readonly onPick: (item: PaletteItem) => void;
}

/** The palette for the keyboard: type, arrows, Enter. */
export function PaletteSearch({ items, onPick }: PaletteSearchProps) {
  const id = useId();
  const [query, setQuery] = useState('');
  const [cursor, setCursor] = useState(0);
  const recent = useRecentItems((state) => state.ids);
  const groups = groupPalette(items, recent, query);
  const lines = groups.flatMap((group) => group.items);
  const starts = groups.map((_, index) => groups.slice(0, index).flatMap((group) => group.items).length);
  const optionId = (index: number): string => `${id}-${index}`;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      const line = lines[cursor];
      if (line !== undefined) onPick(line);
      return;
    }
    if (event.key.length === 1 || event.key === 'Home' || event.key === 'End') return;
    const next = moveCursor(event.key, cursor, lines.length, 8);
    if (next === null) return;
    event.preventDefault();
    setCursor(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div className={styles['search']}>
      <TextField
        label="Find a stage"
        hideLabel
        placeholder="Find a stage"
        leading={<Search size={14} />}
        value={query}
        onValueChange={(value) => {
          setQuery(value);
          setCursor(0);
        }}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={lines.length === 0 ? undefined : optionId(cursor)}
        autoFocus
      />
      <div id={id} role="listbox" aria-label="Stages to add" className={styles['options']}>
        {groups.map((group, groupIndex) => (
          <div key={group.family} role="group" aria-label={familyTitle(group.family)}>
            <div className={styles['optionFamily']} aria-hidden>
              {familyTitle(group.family)}
            </div>
            {group.items.map((item, index) => {
              const here = starts[groupIndex]! + index;
              return (
                <div
                  key={item.id}
                  id={optionId(here)}
                  role="option"
                  aria-selected={here === cursor}
                  className={styles['option']}
                  onClick={() => onPick(item)}
                  onPointerMove={() => setCursor(here)}
                >
                  <PaletteRow item={item} />
                  <span className={styles['optionSummary']}>{item.summary}</span>
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {lines.length === 0 && <p className={styles['nothing']}>Nothing is called “{query}”. Try “script”.</p>}
    </div>
  );
}
