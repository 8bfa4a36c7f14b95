import type { ReactNode } from 'react';

/** A column of a `DataTable`. */
export interface Column<Row> {
  /** Unique in its table. */
  readonly id: string;
  /** Empty for a column that needs no words (an icon); then say `label`. */
  readonly header: string;
  readonly label?: string;
  /** A track of CSS grid: `'minmax(0, 1fr)'`, `'96px'`. */
  readonly width: string;
  readonly align?: 'start' | 'end';
  readonly cell: (row: Row) => ReactNode;
  readonly sortable?: boolean;
}

export interface Sort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

/** The sort after a click on a header: ascending, then descending, then ascending again. */
export function nextSort(current: Sort | undefined, column: string): Sort {
  const flip = current?.column === column && current.direction === 'ascending';
  return { column, direction: flip ? 'descending' : 'ascending' };
}
