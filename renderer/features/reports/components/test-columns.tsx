import { Badge } from '#renderer/ui/badge.tsx';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { FoldButton } from '#renderer/ui/fold-button.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { formatDuration } from '#shared/lib/durations.ts';
import { isFailed, type TestEntry } from '../test-entries.ts';
import type { GroupRow, TestOrder, TestRow } from '../test-rows.ts';
import { testIcon } from '../test-status.ts';
import styles from './tests.module.css';

const time = (ms: number): string => (ms === 0 ? '' : formatDuration(ms));

function Group({ row, onToggle }: { readonly row: GroupRow; readonly onToggle: (key: string) => void }) {
  const { type, name, failed, count, isOpen, level } = row;
  return (
    <span className={styles['group']} data-type={type} data-level={level}>
      <FoldButton name={name} isOpen={isOpen} onToggle={() => onToggle(row.key)} />
      <span className={styles['words']} title={name}>
        {name}
      </span>
      {failed > 0 ? (
        <span className={styles['failed']}>
          {/* The count is of what the filter leaves: where that is what failed, it says no more. */}
          {failed.toLocaleString('en')}
          {failed < count && ` of ${count.toLocaleString('en')}`} failed
        </span>
      ) : (
        <span className={styles['faint']}>{count.toLocaleString('en')}</span>
      )}
    </span>
  );
}

function Case({ entry, order }: { readonly entry: TestEntry; readonly order: TestOrder }) {
  const { test, suite } = entry;
  return (
    <span className={styles['case']} data-indent={order === 'suites' || undefined}>
      <StatusIcon status={testIcon(test.status)} size={14} />
      <span className={styles['words']} title={test.name}>
        {test.name}
      </span>
      {order !== 'suites' && <span className={styles['faint']}>{suite}</span>}
      <CaseChip entry={entry} />
    </span>
  );
}

/** What is worth knowing of a case at a glance: whether its failure is new or old, and whether it is unsteady. */
function CaseChip({ entry: { test } }: { readonly entry: TestEntry }) {
  if (test.flaky) return <Badge tone="warning">flaky</Badge>;
  if (!isFailed(test)) return null;
  if (test.failingSince === undefined) return <Badge tone="failed">new</Badge>;
  return <Badge>since #{test.failingSince.number}</Badge>;
}

/** The columns of the list of tests. */
export const testColumns = (
  order: TestOrder,
  onToggle: (key: string) => void,
): readonly Column<TestRow>[] => [
  {
    id: 'name',
    header: 'Test',
    width: 'minmax(0, 1fr)',
    cell: (row) =>
      row.type === 'case' ? <Case entry={row} order={order} /> : <Group row={row} onToggle={onToggle} />,
  },
  {
    id: 'time',
    header: 'Time',
    width: '80px',
    align: 'end',
    cell: (row) => (
      <span className={styles['time']}>
        {time(row.type === 'case' ? row.test.durationMs : row.durationMs)}
      </span>
    ),
  },
];
