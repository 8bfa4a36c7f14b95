import type { Database } from 'better-sqlite3';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { ProjectId, RunId } from '#shared/lib/ids.ts';
import type { FinalStageStatus } from '#shared/run/status.ts';
import { RUN_COLUMNS, type RunRow, summaryOf } from './run-rows.ts';

/** Runs of one pipeline in the order in which they were stored; only those that succeeded or failed. */
export interface RunLine {
  /** Before a run, newest first. @param branch null: of any; else those of that branch alone */
  before(runId: RunId, branch: string | null, limit: number): RunSummary[];
  /** Newest first. */
  newest(projectId: ProjectId, pipelineFile: string, limit: number): RunSummary[];
  /** How a stage ended in a run; null: it has not, or the run has no such stage. */
  stageStatus(runId: RunId, stage: string): FinalStageStatus | null;
}

export function createRunLine(db: Database): RunLine {
  const before = db.prepare<[string, string | null, string | null, number], RunRow>(
    `SELECT ${RUN_COLUMNS} FROM (SELECT rowid AS place, project_id AS project, pipeline_file AS file FROM runs WHERE id = ?)
     JOIN runs ON project_id = project AND pipeline_file = file AND runs.rowid < place
     WHERE status IN ('succeeded', 'failed') AND (? IS NULL OR json_extract(git, '$.branch') = ?)
     ORDER BY runs.rowid DESC LIMIT ?`,
  );
  const newest = db.prepare<[string, string, number], RunRow>(
    `SELECT ${RUN_COLUMNS} FROM runs WHERE project_id = ? AND pipeline_file = ? AND status IN ('succeeded', 'failed')
     ORDER BY rowid DESC LIMIT ?`,
  );
  const stageStatus = db
    .prepare<[string, string], FinalStageStatus>(
      'SELECT status FROM stage_results WHERE run_id = ? AND stage = ?',
    )
    .pluck();
  return {
    stageStatus: (runId, stage) => stageStatus.get(runId, stage) ?? null,
    before: (runId, branch, limit) => before.all(runId, branch, branch, limit).map(summaryOf),
    newest: (projectId, pipelineFile, limit) => newest.all(projectId, pipelineFile, limit).map(summaryOf),
  };
}
