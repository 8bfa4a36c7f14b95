import type { Database } from 'better-sqlite3';
import { type RunId, runIdOf, type StageId, stageIdOf } from '#shared/lib/ids.ts';

/** What a person said to a stage that waits, for the host that runs it. */
export interface ApprovalRequest {
  readonly runId: RunId;
  readonly stage: StageId;
  readonly decision: 'approved' | 'rejected';
  readonly by: string;
  readonly comment: string | null;
}

export interface ApprovalRequests {
  /** Leaves a decision for the run's owner; the first one for a stage stands. False when the run is not active, or one is there. */
  add(request: ApprovalRequest): boolean;
  /** Takes out the decisions for runs that `isOwn` says yes to. Cheap enough to poll. */
  take(isOwn: (runId: RunId) => boolean): ApprovalRequest[];
}

interface Row extends Omit<ApprovalRequest, 'runId' | 'stage'> {
  readonly runId: string;
  readonly stage: string;
}

export function createApprovalRequests(db: Database): ApprovalRequests {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO approval_requests
     SELECT id, ?, ?, ?, ? FROM runs WHERE id = ? AND status IN ('queued', 'running')`,
  );
  const selectAll = db.prepare<[], Row>(
    'SELECT run_id AS runId, stage, decision, decided_by AS "by", comment FROM approval_requests ORDER BY run_id, stage',
  );
  const remove = db.prepare('DELETE FROM approval_requests WHERE run_id = ? AND stage = ?');
  return {
    add: ({ runId, stage, decision, by, comment }) =>
      insert.run(stage, decision, by, comment, runId).changes > 0,
    take: (isOwn) =>
      selectAll
        .all()
        .filter(({ runId }) => isOwn(runIdOf(runId)))
        .filter(({ runId, stage }) => remove.run(runId, stage).changes > 0)
        .map((row) => ({ ...row, runId: runIdOf(row.runId), stage: stageIdOf(row.stage) })),
  };
}
