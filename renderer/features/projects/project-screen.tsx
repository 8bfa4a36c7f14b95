import { FolderSearch, FolderX, Play, Plus } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import type { PipelineFile } from '#shared/api/schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { Button } from '#renderer/ui/button.tsx';
import type { Command } from '#renderer/ui/commands/command-registry.ts';
import { useCommands } from '#renderer/ui/commands/use-commands.ts';
import { DataTable } from '#renderer/ui/data-table.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { FailureState } from '#renderer/ui/failure-state.tsx';
import { IconButton } from '#renderer/ui/icon-button.tsx';
import { Kbd } from '#renderer/ui/kbd.tsx';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { RouteLink } from '#renderer/ui/navigation/route-link.tsx';
import { PageHeader } from '#renderer/ui/page-header.tsx';
import { SkeletonRows } from '#renderer/ui/skeleton.tsx';
import { pipelineColumns } from './pipeline-columns.tsx';
import { RUN_COLUMNS } from './run-columns.tsx';
import { useProject, useProjectPipelines } from './use-projects.ts';
import styles from './projects.module.css';

const LATEST = 30;
const MOST_ROWS = 6;
const HEADER_HEIGHT = 28;
const ROW_HEIGHT = 36;

export interface ProjectScreenProps {
  readonly projectId: ProjectId;
  /** Runs a pipeline file of the project, asking for its inputs first where it has some. */
  readonly onRun: (file: string) => void;
  readonly onNewPipeline: () => void;
  /** What stands in a project without a pipeline file. */
  readonly renderFirst: (onLookAgain: () => void) => ReactNode;
}

/** A project at a glance: its pipeline files and its latest runs. */
export function ProjectScreen({ projectId, onRun, onNewPipeline, renderFirst }: ProjectScreenProps) {
  const { client, desktop } = useBridge();
  const project = useProject(projectId);
  const pipelines = useProjectPipelines(projectId);
  const runs = useRemote(['runs', 'latest', projectId], (signal) =>
    client.run.list({ projectId, limit: LATEST }, { signal }),
  );
  const main = pipelines.status === 'ready' ? pipelines.value[0]?.file : undefined;
  const columns = useMemo(() => pipelineColumns(onRun), [onRun]);
  const commands = useMemo<readonly Command[]>(
    () =>
      main === undefined
        ? []
        : [
            {
              id: 'project.run',
              title: 'Run the pipeline',
              group: 'Project',
              icon: <Play size={16} />,
              shortcut: 'r',
              run: () => onRun(main),
            },
          ],
    [main, onRun],
  );
  useCommands(commands);

  if (project.status === 'failed') return <FailureState failure={project.failure} onRetry={project.reload} />;
  const value = project.status === 'ready' ? project.value : null;
  return (
    <>
      <PageHeader
        title={value?.name ?? ' '}
        facts={
          value !== null && (
            <span className={styles['path']} title={value.dir} data-selectable>
              {value.dir}
            </span>
          )
        }
        actions={
          <>
            {desktop !== undefined && value?.exists === true && (
              <IconButton
                label="Show in file manager"
                icon={<FolderSearch size={16} />}
                onClick={() => void desktop.reveal(value.dir)}
              />
            )}
            {main !== undefined && (
              <Button
                variant="primary"
                icon={<Play size={14} />}
                trailing={<Kbd keys="r" />}
                onClick={() => onRun(main)}
              >
                Run
              </Button>
            )}
          </>
        }
      />
      {value?.exists === false ? (
        <EmptyState icon={<FolderX size={20} />} title="The folder of this project is gone">
          Put it back at {value.dir}, or open it where it is now. Its runs are still in the history.
        </EmptyState>
      ) : pipelines.status === 'failed' ? (
        <FailureState failure={pipelines.failure} onRetry={pipelines.reload} />
      ) : pipelines.status === 'ready' && pipelines.value.length === 0 ? (
        renderFirst(pipelines.reload)
      ) : (
        <>
          <Part
            title="Pipelines"
            count={pipelines.status === 'ready' ? pipelines.value.length : undefined}
            actions={
              <Button variant="ghost" size="small" icon={<Plus size={14} />} onClick={onNewPipeline}>
                New pipeline
              </Button>
            }
          >
            <div style={tableHeight(pipelines.status === 'ready' ? pipelines.value.length : 1)}>
              {pipelines.status === 'ready' && (
                <DataTable<PipelineFile>
                  label="Pipelines"
                  columns={columns}
                  rows={pipelines.value}
                  rowKey={({ file }) => file}
                  rowHeight={ROW_HEIGHT}
                  onOpen={({ file }) => navigate({ screen: 'pipeline', projectId, file })}
                />
              )}
            </div>
          </Part>
          <Part
            grow
            title="Latest runs"
            actions={<RouteLink to={{ screen: 'runs', projectId }}>All runs</RouteLink>}
          >
            {runs.status === 'loading' && <SkeletonRows />}
            {runs.status === 'failed' && <FailureState failure={runs.failure} onRetry={runs.reload} />}
            {runs.status === 'ready' && (
              <DataTable
                main
                label="Latest runs"
                columns={RUN_COLUMNS}
                rows={runs.value.runs}
                rowKey={({ id }) => id}
                onOpen={({ id }) => navigate({ screen: 'run', runId: id })}
                empty={
                  <EmptyState icon={<Play size={20} />} title="Nothing has run yet">
                    Press R, or Run beside a pipeline.
                  </EmptyState>
                }
              />
            )}
          </Part>
        </>
      )}
    </>
  );
}

const tableHeight = (rows: number): { display: 'flex'; height: number } => ({
  display: 'flex',
  height: HEADER_HEIGHT + ROW_HEIGHT * Math.min(rows, MOST_ROWS),
});

function Part(props: {
  readonly title: string;
  readonly count?: number | undefined;
  readonly actions?: ReactNode;
  readonly grow?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles['part']} aria-label={props.title} data-grow={props.grow}>
      <header className={styles['partHeader']}>
        <h2 className={styles['partTitle']}>{props.title}</h2>
        {props.count !== undefined && <span className={styles['count']}>{props.count}</span>}
        <div className={styles['partActions']}>{props.actions}</div>
      </header>
      {props.children}
    </section>
  );
}
