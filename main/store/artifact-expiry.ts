import type { Database } from 'better-sqlite3';
import type { ArtifactKey } from './referenced-content.ts';
import { IS_FREE } from './retention.ts';

/** An artifact whose own retention is over. */
export interface DueArtifact extends ArtifactKey {
  readonly number: number;
  readonly sizeBytes: number;
}

export interface ArtifactExpiry {
  /** Of runs that are over, neither pinned nor held; oldest run first. @param now epoch milliseconds */
  due(now: number): DueArtifact[];
  /**
   * Gives up an artifact: nothing keeps its content any more, and it is listed as expired.
   * @returns false when it is not due any more: its run was pinned or goes on
   */
  expire(artifact: ArtifactKey, now: number): boolean;
}

const DUE = `expires_at <= ? AND expired_at IS NULL`;

export function createArtifactExpiry(db: Database): ArtifactExpiry {
  const selectDue = db.prepare<[number], DueArtifact>(
    `SELECT a.run_id AS runId, a.stage, a.name, a.size_bytes AS sizeBytes, runs.number
     FROM artifacts a JOIN runs ON runs.id = a.run_id WHERE ${DUE} AND ${IS_FREE} ORDER BY created_at, id, seq`,
  );
  const update = db.prepare(
    `UPDATE artifacts SET expired_at = ? WHERE run_id = ? AND stage = ? AND name = ? AND ${DUE}
     AND EXISTS (SELECT 1 FROM runs WHERE id = artifacts.run_id AND ${IS_FREE})`,
  );
  return {
    due: (now) => selectDue.all(now),
    expire: ({ runId, stage, name }, now) => update.run(now, runId, stage, name, now).changes > 0,
  };
}
