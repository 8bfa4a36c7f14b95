import { memo } from 'react';
import type { Column } from './data-table-column.ts';
import styles from './data-table.module.css';

export interface DataTableRowProps<Row> {
  readonly id: string;
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  /** 0-based; the table finds the row of an event by it. */
  readonly index: number;
  /** 1-based, with the header. */
  readonly ariaIndex: number;
  readonly isCurrent: boolean;
  /** Pixels. */
  readonly top: number;
  readonly height: number;
}

function Row<Row>(props: DataTableRowProps<Row>) {
  const { id, row, columns, index, ariaIndex, isCurrent, top, height } = props;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={ariaIndex}
      aria-selected={isCurrent}
      data-index={index}
      className={styles['row']}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      {columns.map((column) => (
        <div key={column.id} role="gridcell" className={styles['cell']} data-align={column.align}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** A row of a `DataTable`. Kept as it is while others scroll by: it must follow from what it is given. */
export const DataTableRow = memo(Row) as typeof Row;
