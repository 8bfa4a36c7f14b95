import { ChevronRight, Search } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { TextField } from '#renderer/ui/text-field.tsx';
import { Tooltip } from '#renderer/ui/tooltip.tsx';
import { VisuallyHidden } from '#renderer/ui/visually-hidden.tsx';
import { familyTitle } from '#shared/pipeline/kind-families.ts';
import { useDocument, usePipelineDocument } from '../document/document-context.ts';
import { startDrag } from './palette/drag-item.ts';
import type { PaletteItem } from './palette/palette-item.ts';
import { PaletteRow } from './palette/palette-row.tsx';
import { useRecentItems } from './palette/recent-items.ts';
import { groupPalette } from './palette/search-palette.ts';
import { usePaletteItems } from './palette/use-palette-items.ts';
import { addStage } from './stage-edits.ts';
import styles from './palette/palette.module.css';

const isSmall = (text: string): boolean => text.trim() === '';

/** What can be put on the canvas: dragged there, or with a double click or Enter added behind the selected stages. */
export function StagePalette() {
  const document = usePipelineDocument();
  const isReadOnly = useDocument((state) => state.isReadOnly);
  const items = usePaletteItems();
  const recent = useRecentItems((state) => state.ids);
  const [query, setQuery] = useState('');
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState('');
  const groups = groupPalette(items, recent, query);
  const add = async (item: PaletteItem): Promise<void> => {
    const outcome = await addStage(document, item, { needs: document.getState().selection.stages });
    setSaid(outcome.said);
  };
  const toggle = (family: string): void => {
    const next = new Set(folded);
    if (!next.delete(family)) next.add(family);
    setFolded(next);
  };
  return (
    <section className={styles['palette']} aria-label="Stages to add" onKeyDown={walkButtons}>
      <div className={styles['field']}>
        <TextField
          label="Find a kind of stage"
          hideLabel
          placeholder="Find a kind of stage"
          type="search"
          leading={<Search size={14} />}
          value={query}
          onValueChange={setQuery}
          onKeyDown={(event) => {
            const [first] = groups.flatMap((group) => group.items);
            if (event.key === 'Enter' && first !== undefined) void add(first);
            if (event.key === 'Escape' && query !== '') {
              event.preventDefault();
              setQuery('');
            }
          }}
        />
      </div>
      <div className={styles['list']}>
        {groups.map(({ family, items: members }) => {
          const isOpen = !folded.has(family) || !isSmall(query);
          return (
            <div key={family}>
              <button
                type="button"
                className={styles['family']}
                aria-expanded={isOpen}
                onClick={() => toggle(family)}
              >
                <ChevronRight size={12} aria-hidden />
                {familyTitle(family)}
              </button>
              {isOpen &&
                members.map((item) => (
                  <Item
                    key={item.id}
                    item={item}
                    isDisabled={isReadOnly}
                    onAdd={(added) => void add(added)}
                  />
                ))}
            </div>
          );
        })}
        {groups.length === 0 && (
          <p className={styles['nothing']}>Nothing is called “{query}”. A script can do anything.</p>
        )}
      </div>
      <p className={styles['hint']}>Drag onto the canvas, or double-click</p>
      <VisuallyHidden>
        <span role="status">{said}</span>
      </VisuallyHidden>
    </section>
  );
}

function Item({
  item,
  isDisabled,
  onAdd,
}: {
  readonly item: PaletteItem;
  readonly isDisabled: boolean;
  readonly onAdd: (item: PaletteItem) => void;
}) {
  return (
    <Tooltip content={item.summary} side="right">
      <button
        type="button"
        className={styles['item']}
        draggable={!isDisabled}
        disabled={isDisabled}
        onDragStart={(event) => startDrag(event, item.id)}
        onDoubleClick={() => onAdd(item)}
        // By keyboard, and by a screen reader; a click of the mouse may begin a drag.
        onClick={(event) => {
          if (event.detail === 0) onAdd(item);
        }}
      >
        <PaletteRow item={item} />
      </button>
    </Tooltip>
  );
}

/** Up and down go from one line to the next. */
function walkButtons(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button:not(:disabled)')];
  const here = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[here + (event.key === 'ArrowDown' ? 1 : -1)];
  if (here === -1 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
