import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { moveCursor } from './list-cursor.ts';
import styles from './measured-list.module.css';

export interface MeasuredListProps<Row> {
  /** Names the list. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The row at the cursor; it is brought into view when it becomes another. */
  readonly currentKey: string | null;
  /** The cursor's walk, and a click where there is no `onOpen`. */
  readonly onSelect: (row: Row) => void;
  /** Enter, or a click beside the controls of a row. */
  readonly onOpen?: (row: Row) => void;
  /** Keys for the row at the cursor. @returns whether it took the key */
  readonly onKey?: (event: KeyboardEvent, row: Row) => boolean;
  /** Pixels of a row that was not drawn yet. */
  readonly estimate: number;
  /** Controls in a row that is not current should be left out of the tab order. */
  readonly children: (row: Row, isCurrent: boolean) => ReactNode;
}

/** Rows of any height with controls in them, walked with J/K or the arrows. Renders what is in sight. */
export function MeasuredList<Row>(props: MeasuredListProps<Row>) {
  const { label, rows, rowKey, currentKey, onSelect, onOpen, onKey, estimate, children } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
    overscan: 8,
  });
  const current = currentKey === null ? -1 : rows.findIndex((row) => rowKey(row) === currentKey);
  const reveal = useEffectEvent(() => {
    if (current >= 0) virtualizer.scrollToIndex(current, { align: 'auto' });
  });
  // Rows that come and go move nothing: only another current row does.
  useEffect(() => {
    if (currentKey !== null) reveal();
  }, [currentKey]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const here = rows[current];
    if (here !== undefined && onKey?.(event, here) === true) {
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / estimate) - 1);
    const next = moveCursor(event.key, current, rows.length, page);
    const target = next === null ? undefined : rows[next];
    if (event.key === 'Enter' && here !== undefined && onOpen !== undefined) onOpen(here);
    else if (target !== undefined) onSelect(target);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length}
      aria-activedescendant={current === -1 ? undefined : `${id}-${current}`}
      tabIndex={0}
      className={styles['list']}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={styles['rows']} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={key}
              ref={virtualizer.measureElement}
              id={`${id}-${index}`}
              role="row"
              aria-rowindex={index + 1}
              aria-selected={index === current}
              data-index={index}
              className={styles['row']}
              style={{ transform: `translateY(${start}px)` }}
              onClick={({ target }) => {
                if (target instanceof Element && target.closest('button, a') !== null) return;
                (onOpen ?? onSelect)(row);
              }}
            >
              <div role="gridcell">{children(row, index === current)}</div>
            </div>
          );
        })}
      </div>
    </div>
  );
}
