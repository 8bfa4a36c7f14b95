import { DataTable, type DataTableProps } from '#renderer/ui/data-table.tsx';
import styles from './settings.module.css';

const HEADER_PX = 28;
const ROW_PX = 32;
const MOST_ROWS = 8;

export interface TableCardProps<Row> extends Omit<DataTableProps<Row>, 'empty' | 'rowHeight'> {
  /** One or two sentences in the place of rows. */
  readonly empty: string;
}

/** A table within a card: as high as its rows, and scrolling by itself when there are many. */
export function TableCard<Row>({ empty, ...table }: TableCardProps<Row>) {
  if (table.rows.length === 0) return <p className={styles['empty']}>{empty}</p>;
  const height = HEADER_PX + ROW_PX * Math.min(table.rows.length, MOST_ROWS);
  return (
    <div className={styles['table']} style={{ height }}>
      <DataTable {...table} rowHeight={ROW_PX} />
    </div>
  );
}
