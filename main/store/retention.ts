import type { Database } from 'better-sqlite3';
import { type ProjectId, type RunId, projectIdOf, runIdOf } from '#shared/lib/ids.ts';
import type { PlannedRetention } from '#shared/pipeline/plan.ts';
import type { RunStatus } from '#shared/run/status.ts';
import type { RetainedRun } from './select-runs.ts';

export interface StoredRun extends RetainedRun {
  readonly number: number;
  readonly name: string;
  readonly projectId: ProjectId;
  readonly projectDir: string;
  readonly isPinned: boolean;
  /** Epoch milliseconds; null while it is active. An interrupted run is not active. */
  readonly finishedAt: number | null;
}

/** What retention asks of the store. */
export interface Retention {
  /** Every run; sizes are those of the artifacts whose content is there. */
  runs(): StoredRun[];
  /** What the file of each pipeline says, as its latest run had it. */
  fileLimits(): ReadonlyMap<string, PlannedRetention>;
  /** Whether one of its stages that name an environment succeeded. */
  isDeployed(runId: RunId): boolean;
  /** Removes the run's rows, unless it is protected or held at this moment. Its folder is the caller's. */
  remove(runId: RunId): boolean;
  /** Whether its workspace may go now: it is over, neither pinned nor held. False when it is gone. */
  isFree(runId: RunId): boolean;
  /** Forgets results that were not used since. @param before epoch milliseconds */
  forgetResults(before: number): void;
}

interface Row {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly project: string;
  readonly dir: string;
  readonly file: string;
  readonly status: RunStatus;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly pinned: number;
  readonly artifactBytes: number;
}

/** An interrupted run may be gone on with, so it goes only when someone removes it. */
const PROTECTED: ReadonlySet<RunStatus> = new Set(['queued', 'running', 'interrupted']);

/** Of a row of `runs`: nothing keeps it or what belongs to it. */
export const IS_FREE = `pinned = 0 AND status NOT IN (${[...PROTECTED].map((status) => `'${status}'`).join(', ')})
  AND NOT EXISTS (SELECT 1 FROM run_holds WHERE run_id = runs.id)`;

export function createRetention(db: Database): Retention {
  const selectRuns = db.prepare<[], Row>(
    `SELECT r.id, r.number, r.name, r.project_id AS project, r.project_dir AS dir, r.pipeline_file AS file, r.status,
       r.created_at AS createdAt, r.finished_at AS finishedAt, r.pinned, coalesce(sum(a.size_bytes), 0) AS artifactBytes
     FROM runs r LEFT JOIN artifacts a ON a.run_id = r.id AND a.expired_at IS NULL GROUP BY r.id ORDER BY r.id`,
  );
  const selectLimits = db.prepare<[], { project: string; file: string; limits: string }>(
    `SELECT project_id AS project, pipeline_file AS file, json_extract(body, '$.plan.retention') AS limits
     FROM (SELECT id, project_id, pipeline_file,
         row_number() OVER (PARTITION BY project_id, pipeline_file ORDER BY created_at DESC, id DESC) AS place FROM runs)
     JOIN events ON run_id = id AND seq = 1 WHERE place = 1 AND limits IS NOT NULL`,
  );
  // A leg of a matrix that was made while the run ran is named after the stage that the plan has.
  const selectDeployed = db
    .prepare<[string], number>(
      `SELECT 1 FROM events created, json_each(created.body, '$.plan.stages') stage, events ended
       WHERE created.run_id = ? AND created.seq = 1
         AND coalesce(json_extract(stage.value, '$.environment'),
           json_extract(stage.value, '$.matrix.template.leg.environment')) IS NOT NULL
         AND ended.run_id = created.run_id
         AND json_extract(ended.body, '$.type') = 'stage-finished'
         AND json_extract(ended.body, '$.status') = 'succeeded'
         AND (json_extract(ended.body, '$.stage') = json_extract(stage.value, '$.id')
           OR instr(json_extract(ended.body, '$.stage'), json_extract(stage.value, '$.id') || '[') = 1)
       LIMIT 1`,
    )
    .pluck();
  const deleteRun = db.prepare(`DELETE FROM runs WHERE id = ? AND ${IS_FREE}`);
  const selectFree = db.prepare<[string], number>(`SELECT 1 FROM runs WHERE id = ? AND ${IS_FREE}`).pluck();
  const forget = db.prepare('DELETE FROM fingerprints WHERE used_at < ?');

  return {
    runs: () => selectRuns.all().map(storedRunOf),
    fileLimits: () =>
      new Map(
        selectLimits
          .all()
          .map(({ project, file, limits }) => [
            pipelineOf(project, file),
            JSON.parse(limits) as PlannedRetention,
          ]),
      ),
    isDeployed: (runId) => selectDeployed.get(runId) !== undefined,
    remove: (runId) => deleteRun.run(runId).changes > 0,
    isFree: (runId) => selectFree.get(runId) !== undefined,
    forgetResults: (before) => void forget.run(before),
  };
}

const pipelineOf = (project: string, file: string): string => `${project}\0${file}`;

function storedRunOf(row: Row): StoredRun {
  return {
    runId: runIdOf(row.id),
    number: row.number,
    name: row.name,
    projectId: projectIdOf(row.project),
    projectDir: row.dir,
    pipeline: pipelineOf(row.project, row.file),
    createdAt: Date.parse(row.createdAt),
    finishedAt: row.finishedAt === null ? null : Date.parse(row.finishedAt),
    isPinned: row.pinned !== 0,
    isProtected: row.pinned !== 0 || PROTECTED.has(row.status),
    sizeBytes: row.artifactBytes,
  };
}
