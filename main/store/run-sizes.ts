import type { Database } from 'better-sqlite3';
import type { RunId } from '#shared/lib/ids.ts';

/** What a run's folder takes, in bytes. */
export interface RunSizes {
  readonly logBytes: number;
  readonly workspaceBytes: number;
  readonly otherBytes: number;
}

/** Sizes of finished runs, so that their folders are walked once. */
export interface StoredRunSizes {
  /** Measured after the end that the run has now. */
  all(): Map<RunId, RunSizes>;
  /** Keeps them until the run goes on; nothing happens when it is gone or active. */
  set(runId: RunId, sizes: RunSizes): void;
  /** To be called when the folder has changed. */
  forget(runId: RunId): void;
}

export function createRunSizes(db: Database): StoredRunSizes {
  const selectAll = db.prepare<[], RunSizes & { runId: RunId }>(
    `SELECT s.run_id AS runId, s.log_bytes AS logBytes, s.workspace_bytes AS workspaceBytes, s.other_bytes AS otherBytes
     FROM run_sizes s JOIN runs r ON r.id = s.run_id AND r.finished_at = s.finished_at`,
  );
  const upsert = db.prepare(
    `INSERT OR REPLACE INTO run_sizes
     SELECT id, finished_at, ?, ?, ? FROM runs WHERE id = ? AND finished_at IS NOT NULL`,
  );
  const remove = db.prepare('DELETE FROM run_sizes WHERE run_id = ?');
  return {
    all: () => new Map(selectAll.all().map(({ runId, ...sizes }) => [runId, sizes])),
    set(runId, { logBytes, workspaceBytes, otherBytes }) {
      upsert.run(logBytes, workspaceBytes, otherBytes, runId);
    },
    forget: (runId) => void remove.run(runId),
  };
}
