import { Play } from 'lucide-react';
import type { PipelineFile } from '#shared/api/schemas.ts';
import { Badge } from '#renderer/ui/badge.tsx';
import { Button } from '#renderer/ui/button.tsx';
import type { Column } from '#renderer/ui/data-table-column.ts';
import { RelativeTime } from '#renderer/ui/relative-time.tsx';
import { StatusIcon } from '#renderer/ui/status-icon.tsx';
import { countLabel } from './count-label.ts';
import styles from './projects.module.css';

const hasErrors = ({ issues }: PipelineFile): boolean => issues.some(({ severity }) => severity === 'error');

function Issues({ issues }: Pick<PipelineFile, 'issues'>) {
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  const notes = issues.length - errors;
  return (
    <>
      {errors > 0 && <Badge tone="failed">{countLabel(errors, 'error')}</Badge>}
      {notes > 0 && <Badge tone="warning">{countLabel(notes, 'warning')}</Badge>}
    </>
  );
}

/** The columns of a project's list of pipeline files. */
export const pipelineColumns = (onRun: (file: string) => void): Column<PipelineFile>[] => [
  {
    id: 'status',
    header: '',
    label: 'Last run',
    width: '16px',
    cell: ({ lastRun }) =>
      lastRun === null ? (
        <span className={styles['never']} title="Never run" />
      ) : (
        <StatusIcon status={lastRun.status} />
      ),
  },
  {
    id: 'name',
    header: 'Name',
    width: 'minmax(120px, 1fr)',
    cell: ({ name, file }) => <span className={styles['name']}>{name ?? file}</span>,
  },
  {
    id: 'file',
    header: 'File',
    width: 'minmax(120px, 1fr)',
    cell: ({ file }) => <span className={styles['file']}>{file}</span>,
  },
  { id: 'issues', header: '', label: 'Issues', width: '160px', align: 'end', cell: Issues },
  {
    id: 'stages',
    header: 'Stages',
    width: '56px',
    align: 'end',
    cell: ({ stageCount }) => stageCount,
  },
  {
    id: 'when',
    header: 'Last run',
    width: '112px',
    align: 'end',
    cell: ({ lastRun }) => (
      <span className={styles['faint']}>
        {lastRun === null ? (
          'never run'
        ) : (
          <RelativeTime at={Date.parse(lastRun.startedAt ?? lastRun.createdAt)} />
        )}
      </span>
    ),
  },
  {
    id: 'run',
    header: '',
    label: 'Run',
    width: '64px',
    align: 'end',
    cell: (pipeline) => (
      <Button
        size="small"
        icon={<Play size={12} />}
        aria-label={`Run ${pipeline.name ?? pipeline.file}`}
        disabled={hasErrors(pipeline)}
        onClick={(event) => {
          event.stopPropagation();
          onRun(pipeline.file);
        }}
      >
        Run
      </Button>
    ),
  },
];
