import { Badge } from '#renderer/ui/badge.tsx';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { FoldButton } from '#renderer/ui/fold-button.tsx';
import { SeverityMark } from '#renderer/ui/severity-mark.tsx';
import type { FindingRow } from '../finding-rows.ts';
import styles from './findings.module.css';

/** The columns of the list of findings. */
export const FINDING_COLUMNS = (onToggle: (key: string) => void): readonly Column<FindingRow>[] => [
  {
    id: 'finding',
    header: '',
    label: 'Finding',
    width: 'minmax(0, 1fr)',
    cell: (row) => (row.type === 'group' ? <Group row={row} onToggle={onToggle} /> : <Entry row={row} />),
  },
];

function Group({
  row,
  onToggle,
}: {
  readonly row: Extract<FindingRow, { readonly type: 'group' }>;
  readonly onToggle: (key: string) => void;
}) {
  return (
    <span className={styles['row']} title={row.hint ?? row.title}>
      <FoldButton name={row.title} isOpen={row.isOpen} onToggle={() => onToggle(row.key)} />
      <SeverityMark severity={row.worst} />
      <span className={styles['group']}>{row.title}</span>
      {row.hint !== null && <span className={styles['muted']}>{row.hint}</span>}
      <span className={styles['count']}>{row.count.toLocaleString('en')}</span>
    </span>
  );
}

function Entry({ row }: { readonly row: Extract<FindingRow, { readonly type: 'finding' }> }) {
  const { finding, state } = row.listed;
  const place = finding.file === null ? finding.package : placeOf(finding.file, finding.line);
  return (
    <span className={styles['row']} data-level={row.level} title={finding.message}>
      <SeverityMark severity={finding.severity} />
      <span className={styles['message']}>{finding.message}</span>
      {state === 'new' && <Badge tone="warning">new</Badge>}
      {state === 'fixed' && <Badge tone="succeeded">fixed</Badge>}
      {place !== null && (
        <span className={styles['place']}>
          <bdi>{place}</bdi>
        </span>
      )}
    </span>
  );
}

const placeOf = (file: string, line: number | null): string => (line === null ? file : `${file}:${line}`);
