import type { Column } from '#renderer/ui/data-table-column.ts';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { formatDuration } from '#shared/lib/durations.ts';
import type { TestOrder, TestRow } from '../test-rows.ts';
import { testIcon } from '../test-status.ts';
import styles from './tests.module.css';

const time = (ms: number): string => (ms === 0 ? '' : formatDuration(ms));

function Name({ row, order }: { readonly row: TestRow; readonly order: TestOrder }) {
  if (row.type === 'suite') {
    return (
      <span className={styles['suite']}>
        <span className={styles['words']} title={row.name}>
          {row.name}
        </span>
        <span className={styles['faint']}>
          {row.stage} · {row.failed > 0 ? `${row.failed} of ${row.count} failed` : row.count}
        </span>
      </span>
    );
  }
  return (
    <span className={styles['case']} data-indent={order === 'suites' || undefined}>
      <StatusIcon status={testIcon(row.test.status)} size={14} />
      <span className={styles['words']} title={row.test.name}>
        {row.test.name}
      </span>
      {order === 'slowest' && <span className={styles['faint']}>{row.suite}</span>}
    </span>
  );
}

const columnsOf = (order: TestOrder): readonly Column<TestRow>[] => [
  {
    id: 'name',
    header: 'Test',
    width: 'minmax(0, 1fr)',
    cell: (row) => <Name row={row} order={order} />,
  },
  {
    id: 'time',
    header: 'Time',
    width: '80px',
    align: 'end',
    cell: (row) => (
      <span className={styles['time']}>
        {time(row.type === 'suite' ? row.durationMs : row.test.durationMs)}
      </span>
    ),
  },
];

const COLUMNS: Record<TestOrder, readonly Column<TestRow>[]> = {
  suites: columnsOf('suites'),
  slowest: columnsOf('slowest'),
};

/** The columns of the list of tests; the same list for the same order. */
export const testColumns = (order: TestOrder): readonly Column<TestRow>[] => COLUMNS[order];
