import type { RunSummary } from '#shared/api/schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { RunStatus } from '#shared/run/status.ts';
import type { Sort } from '#renderer/ui/data-table-column.ts';

/** The chips above the list; `running` takes what waits to run along. */
export const STATUS_CHIPS = ['running', 'succeeded', 'failed', 'cancelled', 'interrupted'] as const;
export type StatusChip = (typeof STATUS_CHIPS)[number];

/** What the list shows. */
export interface RunFilter {
  /** None: all. */
  readonly chips: readonly StatusChip[];
  readonly text: string;
  readonly pipeline: PipelineRef | null;
  readonly sort: Sort;
}

export interface PipelineRef {
  readonly projectId: ProjectId;
  readonly file: string;
  /** As its newest run calls it. */
  readonly name: string;
}

export const NO_FILTER: RunFilter = {
  chips: [],
  text: '',
  pipeline: null,
  sort: { column: 'started', direction: 'descending' },
};

export const isFiltered = ({ chips, text, pipeline }: RunFilter): boolean =>
  chips.length > 0 || text.trim() !== '' || pipeline !== null;

export const toggleChip = (chips: readonly StatusChip[], chip: StatusChip): StatusChip[] =>
  STATUS_CHIPS.filter((known) => (known === chip) !== chips.includes(known));

const SORTS = {
  started: { ascending: 'oldest', descending: 'newest' },
  duration: { ascending: 'shortest', descending: 'longest' },
} as const;

/** The filter as `run.list` takes it. */
export function queryOf(filter: RunFilter, projectId: ProjectId | undefined) {
  const statuses: RunStatus[] = filter.chips.flatMap((chip) =>
    chip === 'running' ? (['running', 'queued'] as const) : [chip],
  );
  const inProject = filter.pipeline?.projectId ?? projectId;
  const text = filter.text.trim();
  const sorts = filter.sort.column === 'duration' ? SORTS.duration : SORTS.started;
  return {
    sort: sorts[filter.sort.direction],
    ...(inProject === undefined ? {} : { projectId: inProject }),
    ...(filter.pipeline === null ? {} : { pipelineFile: filter.pipeline.file }),
    ...(statuses.length === 0 ? {} : { statuses }),
    ...(text === '' ? {} : { text }),
  };
}

/** The pipelines that these runs are of, each once, in the order of their newest run. */
export function pipelinesOf(runs: readonly RunSummary[]): PipelineRef[] {
  const found = new Map<string, PipelineRef>();
  for (const { projectId, pipelineFile, name } of runs) {
    const key = pipelineKey({ projectId, file: pipelineFile });
    if (!found.has(key)) found.set(key, { projectId, file: pipelineFile, name });
  }
  return [...found.values()];
}

export const pipelineKey = ({ projectId, file }: Pick<PipelineRef, 'projectId' | 'file'>): string =>
  `${projectId} ${file}`;
