import type { RunSummary } from '#shared/api/schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { GitRef } from '#renderer/ui/run-facts/git-ref.tsx';
import { PinMark } from '#renderer/ui/run-facts/pin-mark.tsx';
import { RunName } from '#renderer/ui/run-facts/run-name.tsx';
import { RunTests } from '#renderer/ui/run-facts/run-tests.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { DurationBar } from './duration-bar.tsx';
import styles from './history.module.css';

const TRIGGERS: Readonly<Record<string, string>> = {
  manual: 'by hand',
  cli: 'command line',
  api: 'API',
  schedule: 'schedule',
  watch: 'changed file',
  hook: 'Git hook',
  push: 'push',
  poll: 'poll',
  webhook: 'webhook',
};

const projectName = (dir: string): string =>
  dir.slice(Math.max(dir.lastIndexOf('/'), dir.lastIndexOf('\\')) + 1);

/** The columns of the list of runs. The project is a column where runs of several are shown. */
export const historyColumns = (options: {
  readonly withProject: boolean;
  /** The longest duration in the list, the whole width of a bar. */
  readonly longestMs: number;
  /** Runs in which a stage waits for a person. */
  readonly waiting: ReadonlySet<RunId>;
}): Column<RunSummary>[] => [
  {
    id: 'status',
    header: '',
    label: 'Status',
    width: '16px',
    cell: ({ id, status }) => <StatusIcon status={options.waiting.has(id) ? 'waiting-approval' : status} />,
  },
  {
    id: 'name',
    header: 'Run',
    width: 'minmax(140px, 1.3fr)',
    cell: ({ id, name, number, pinned }) => (
      <span className={styles['run']}>
        <RunName name={name} number={number} />
        {pinned && <PinMark />}
        {options.waiting.has(id) && <Badge tone="waiting">waits for approval</Badge>}
      </span>
    ),
  },
  ...(options.withProject
    ? [
        {
          id: 'project',
          header: 'Project',
          width: 'minmax(90px, 0.8fr)',
          cell: ({ projectDir }: RunSummary) => (
            <span className={styles['muted']} title={projectDir}>
              {projectName(projectDir)}
            </span>
          ),
        },
      ]
    : []),
  { id: 'git', header: 'Commit', width: 'minmax(110px, 1fr)', cell: ({ git }) => <GitRef git={git} /> },
  {
    id: 'trigger',
    header: 'Started by',
    width: '92px',
    cell: ({ trigger }) => <span className={styles['muted']}>{TRIGGERS[trigger] ?? trigger}</span>,
  },
  { id: 'tests', header: 'Tests', width: '104px', cell: ({ tests }) => <RunTests tests={tests} /> },
  {
    id: 'duration',
    header: 'Duration',
    width: '148px',
    align: 'end',
    sortable: true,
    cell: (run) => <DurationBar run={run} longestMs={options.longestMs} />,
  },
  {
    id: 'started',
    header: 'Started',
    width: '112px',
    align: 'end',
    sortable: true,
    cell: (run) => (
      <span className={styles['faint']}>
        <RelativeTime at={Date.parse(run.startedAt ?? run.createdAt)} />
      </span>
    ),
  },
];
