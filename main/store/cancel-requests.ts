import type { Database } from 'better-sqlite3';
import { type RunId, runIdOf, type StageId, stageIdOf } from '#shared/lib/ids.ts';

/** A wish for the end of a run, or of one stage of it, for the host that runs it. */
export interface CancelRequest {
  readonly runId: RunId;
  /** Null is the whole run. */
  readonly stage: StageId | null;
}

export interface CancelRequests {
  /** Leaves a request for the run's owner; idempotent. False when the run is not active, or there is none. */
  add(request: CancelRequest): boolean;
  /** Takes out the requests that `isOwn` says yes to. Cheap enough to poll. */
  take(isOwn: (runId: RunId) => boolean): CancelRequest[];
}

export function createCancelRequests(db: Database): CancelRequests {
  const insert = db.prepare(
    `INSERT OR REPLACE INTO cancel_requests SELECT id, ? FROM runs WHERE id = ? AND status IN ('queued', 'running')`,
  );
  const selectAll = db.prepare<[], { runId: string; stage: string }>(
    'SELECT run_id AS runId, stage FROM cancel_requests ORDER BY run_id, stage',
  );
  const remove = db.prepare('DELETE FROM cancel_requests WHERE run_id = ? AND stage = ?');
  return {
    add: ({ runId, stage }) => insert.run(stage ?? '', runId).changes > 0,
    take: (isOwn) =>
      selectAll
        .all()
        .filter(({ runId }) => isOwn(runIdOf(runId)))
        .filter(({ runId, stage }) => remove.run(runId, stage).changes > 0)
        .map(({ runId, stage }) => ({
          runId: runIdOf(runId),
          stage: stage === '' ? null : stageIdOf(stage),
        })),
  };
}
