import type { RunSummary } from '#shared/api/schemas.ts';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { GitRef } from '#renderer/ui/run-facts/git-ref.tsx';
import { RunDuration } from '#renderer/ui/run-facts/run-duration.tsx';
import { RunName } from '#renderer/ui/run-facts/run-name.tsx';
import { RunTests } from '#renderer/ui/run-facts/run-tests.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import styles from './projects.module.css';

/** The columns of a project's latest runs. */
export const RUN_COLUMNS: readonly Column<RunSummary>[] = [
  {
    id: 'status',
    header: '',
    label: 'Status',
    width: '16px',
    cell: ({ status }) => <StatusIcon status={status} />,
  },
  {
    id: 'name',
    header: 'Run',
    width: 'minmax(140px, 1.2fr)',
    cell: ({ name, number }) => <RunName name={name} number={number} />,
  },
  { id: 'git', header: 'Commit', width: 'minmax(120px, 1fr)', cell: ({ git }) => <GitRef git={git} /> },
  { id: 'tests', header: 'Tests', width: '110px', cell: ({ tests }) => <RunTests tests={tests} /> },
  {
    id: 'duration',
    header: 'Duration',
    width: '72px',
    align: 'end',
    cell: (run) => <RunDuration run={run} />,
  },
  {
    id: 'when',
    header: 'Started',
    width: '112px',
    align: 'end',
    cell: (run) => (
      <span className={styles['faint']}>
        <RelativeTime at={Date.parse(run.startedAt ?? run.createdAt)} />
      </span>
    ),
  },
];
