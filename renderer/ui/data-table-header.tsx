import { ArrowDown, ArrowUp } from 'lucide-react';
import { nextSort, type Column, type Sort } from './data-table-column.ts';
import styles from './data-table.module.css';

interface DataTableHeaderProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sort: Sort | undefined;
  readonly onSortChange: ((sort: Sort) => void) | undefined;
}

/** The sticky line of column names; those that sort are buttons. */
export function DataTableHeader<Row>({ columns, sort, onSortChange }: DataTableHeaderProps<Row>) {
  return (
    <div role="row" aria-rowindex={1} className={styles['header']}>
      {columns.map((column) => {
        const direction = sort?.column === column.id ? sort.direction : undefined;
        const sortable = column.sortable === true && onSortChange !== undefined;
        return (
          <div
            key={column.id}
            role="columnheader"
            aria-label={column.label}
            aria-sort={sortable ? (direction ?? 'none') : undefined}
            className={styles['cell']}
            data-align={column.align}
          >
            {sortable ? (
              <button
                type="button"
                className={styles['sort']}
                onClick={() => onSortChange(nextSort(sort, column.id))}
              >
                {column.header}
                {direction === 'ascending' && <ArrowUp size={12} />}
                {direction === 'descending' && <ArrowDown size={12} />}
              </button>
            ) : (
              column.header
            )}
          </div>
        );
      })}
    </div>
  );
}
