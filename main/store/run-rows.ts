import type { RunSummary } from '#shared/api/schemas.ts';
import { projectIdOf, runIdOf } from '#shared/lib/ids.ts';
import type { GitInfo, RunEvent } from '#shared/run/events.ts';
import type { RunStatus } from '#shared/run/status.ts';

/** The columns of `runs` that a summary is made of. */
export interface RunRow {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly project_id: string;
  readonly project_dir: string;
  readonly pipeline_file: string;
  readonly status: RunStatus;
  readonly trigger: string;
  readonly git: string | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly duration_ms: number | null;
  readonly stage_count: number;
  readonly finished_stage_count: number;
  readonly failed_stage_count: number;
  readonly tests_total: number | null;
  readonly tests_failed: number | null;
  readonly pinned: number;
  readonly changed: number;
}

export const RUN_COLUMNS = `id, number, name, project_id, project_dir, pipeline_file, status, trigger, git, created_at,
  started_at, finished_at, duration_ms, stage_count, finished_stage_count, failed_stage_count, tests_total,
  tests_failed, pinned, changed`;

export function summaryOf(row: RunRow): RunSummary {
  return {
    id: runIdOf(row.id),
    number: row.number,
    name: row.name,
    projectId: projectIdOf(row.project_id),
    projectDir: row.project_dir,
    pipelineFile: row.pipeline_file,
    status: row.status,
    trigger: row.trigger,
    git: row.git === null ? null : (JSON.parse(row.git) as GitInfo),
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    durationMs: row.duration_ms,
    stageCount: row.stage_count,
    finishedStageCount: row.finished_stage_count,
    failedStageCount: row.failed_stage_count,
    tests: row.tests_total === null ? null : { total: row.tests_total, failed: row.tests_failed ?? 0 },
    pinned: row.pinned !== 0,
  };
}

/** No one types it, so no search crosses from one field into the next. */
const FIELD_END = '\u001f';

/** What `run.list` searches in; both sides are lower-cased here because SQLite folds ASCII only. */
export function searchTextOf(event: Extract<RunEvent, { type: 'run-created' }>): string {
  const { git } = event;
  return [event.name, `#${event.number}`, git?.branch ?? '', git?.commit ?? '', git?.message ?? '']
    .join(FIELD_END)
    .toLowerCase();
}
