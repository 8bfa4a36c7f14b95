import {
  useId,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type SyntheticEvent,
} from 'react';
import { ContextMenu } from './context-menu.tsx';
import type { Column, Sort } from './data-table-column.ts';
import { DataTableHeader } from './data-table-header.tsx';
import { DataTableRow } from './data-table-row.tsx';
import { moveCursor } from './list-cursor.ts';
import type { MenuEntry } from './menu-entry.ts';
import { useShortcut } from './shortcuts/use-shortcut.ts';
import { useRowWindow } from './use-row-window.ts';
import styles from './data-table.module.css';

const HEADER_HEIGHT = 28;

export interface DataTableProps<Row> {
  /** Names the table. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** The row that the screen shows beside the table, null: none; leave out where a row only opens. */
  readonly selectedKey?: string | null;
  /** A click, or the cursor's walk. Without it a click opens. */
  readonly onSelect?: (row: Row) => void;
  /** Enter, or a double click (a click, without `onSelect`). */
  readonly onOpen?: (row: Row) => void;
  readonly rowMenu?: (row: Row) => readonly MenuEntry[];
  readonly sort?: Sort;
  readonly onSortChange?: (sort: Sort) => void;
  /** Pixels; default 32. */
  readonly rowHeight?: number;
  readonly hideHeader?: boolean;
  /** The screen's main list: J and K walk it wherever the focus is. */
  readonly main?: boolean;
  /** Instead of rows, when there are none. */
  readonly empty?: ReactNode;
}

/** Rows that one walks with J/K or the arrows and opens with Enter. Renders what is in sight; 100,000 rows are fine. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, onSelect, onOpen, rowHeight = 32, hideHeader = false, main = false } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [ownCursor, setOwnCursor] = useState<string | null>(null);
  const [menuRow, setMenuRow] = useState<Row | null>(null);
  const headerHeight = hideHeader ? 0 : HEADER_HEIGHT;
  const view = useRowWindow({ scroller, count: rows.length, rowHeight, headerHeight });
  const cursorKey = props.selectedKey === undefined ? ownCursor : props.selectedKey;
  const cursor = useMemo(
    () => (cursorKey === null ? -1 : rows.findIndex((row) => rowKey(row) === cursorKey)),
    [rows, rowKey, cursorKey],
  );

  const pointAt = (row: Row): void => {
    setOwnCursor(rowKey(row));
    onSelect?.(row);
  };
  const rowAt = ({ target }: SyntheticEvent): Row | undefined => {
    const over = target instanceof Element ? target.closest('[data-index]') : null;
    return over === null ? undefined : rows[Number(over.getAttribute('data-index'))];
  };
  const walk = (key: string): boolean => {
    const next = moveCursor(key, cursor, rows.length, view.pageSize());
    const row = next === null ? undefined : rows[next];
    if (next === null || row === undefined) return false;
    pointAt(row);
    view.reveal(next);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[cursor];
    if (event.key === 'Enter' && row !== undefined && onOpen !== undefined) onOpen(row);
    else if (!walk(event.key)) return;
    event.preventDefault();
  };
  const focusAndWalk = (key: string): void => {
    scroller.current?.focus();
    walk(key);
  };
  useShortcut('j', () => focusAndWalk('j'), { enabled: main });
  useShortcut('k', () => focusAndWalk('k'), { enabled: main });

  if (rows.length === 0 && props.empty !== undefined) return props.empty;
  const grid = (
    <div
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + (hideHeader ? 0 : 1)}
      aria-activedescendant={cursor === -1 ? undefined : `${id}-${cursor}`}
      tabIndex={0}
      className={styles['table']}
      style={{ '--columns': columns.map(({ width }) => width).join(' ') } as CSSProperties}
      onKeyDown={onKeyDown}
      onContextMenuCapture={(event) => setMenuRow(rowAt(event) ?? rows[cursor] ?? null)}
    >
      {!hideHeader && (
        <DataTableHeader columns={columns} sort={props.sort} onSortChange={props.onSortChange} />
      )}
      <div
        role="rowgroup"
        className={styles['rows']}
        style={{ height: view.height }}
        onClick={(event) => {
          const row = rowAt(event);
          if (row === undefined) return;
          pointAt(row);
          if (onSelect === undefined) onOpen?.(row);
        }}
        onDoubleClick={(event) => {
          const row = rowAt(event);
          if (row !== undefined && onSelect !== undefined) onOpen?.(row);
        }}
      >
        {view.rows.map(({ index, top }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <DataTableRow
              key={rowKey(row)}
              id={`${id}-${index}`}
              row={row}
              columns={columns}
              index={index}
              ariaIndex={index + (hideHeader ? 1 : 2)}
              isCurrent={index === cursor}
              top={top}
              height={rowHeight}
            />
          );
        })}
      </div>
    </div>
  );
  if (props.rowMenu === undefined) return grid;
  return <ContextMenu entries={menuRow === null ? [] : props.rowMenu(menuRow)}>{grid}</ContextMenu>;
}
