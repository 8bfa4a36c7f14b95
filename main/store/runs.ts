import type { Database } from 'better-sqlite3';
import type { RunOwner } from '#main/engine/ports.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { type RunId, runIdOf, type StageId } from '#shared/lib/ids.ts';
import type { ArtifactSummary } from '#shared/run/events.ts';
import { listRuns, type RunPage, type RunQuery } from './list-runs.ts';
import { RUN_COLUMNS, type RunRow, summaryOf } from './run-rows.ts';

/** An artifact as the latest attempt of its stage stored it. */
export interface StoredArtifact {
  readonly stage: StageId;
  readonly attempt: number;
  readonly artifact: ArtifactSummary;
  /** Epoch milliseconds; null: as long as its run. */
  readonly expiresAt: number | null;
  /** Its content was given up. */
  readonly isExpired: boolean;
}

interface ArtifactRow extends ArtifactSummary {
  readonly stage: StageId;
  readonly attempt: number;
  readonly expiresAt: number | null;
  readonly expiredAt: number | null;
}

/** A process that a run has started and not yet seen end. */
export interface RunProcess {
  readonly pid: number;
  /** Epoch milliseconds. */
  readonly spawnedAtMs: number;
}

export interface Runs {
  list(query: RunQuery): RunPage;
  /** @throws AppError `run-not-found` */
  get(runId: RunId): RunSummary;
  /**
   * Removes a finished run's rows; its folder is the caller's. False when there is no such run.
   * @throws AppError `usage` while the run is not finished
   */
  remove(runId: RunId): boolean;
  /** A pinned run is never removed by retention. @throws AppError `run-not-found` */
  pin(runId: RunId, isPinned: boolean): void;
  /** @throws AppError `run-not-found` */
  owner(runId: RunId): RunOwner;
  /** Unfinished runs whose owner is not alive. */
  findAbandoned(isAlive: (owner: RunOwner) => boolean): { readonly runId: RunId; readonly owner: RunOwner }[];
  /** Makes `owner` the run's owner if it still belongs to `from`; of several hosts that try, one gets true. */
  takeOwnership(runId: RunId, owner: RunOwner, from: RunOwner): boolean;
  /**
   * Takes over an interrupted run to go on with it: active again, as `queued` until its `run-resumed` is stored, so that of
   * several that try one gets true. False when it is not interrupted.
   */
  claimInterrupted(runId: RunId, owner: RunOwner): boolean;
  /** Takes back `claimInterrupted` of a host that died before the run was resumed. */
  unclaim(runId: RunId): void;
  /**
   * Runs whose summary changed after a cursor, whichever process did it, oldest change first. Cheap enough to poll.
   * Start with `changeCursor()`.
   */
  changedSince(cursor: number): { readonly cursor: number; readonly runs: RunSummary[] };
  changeCursor(): number;
  processesOf(runId: RunId): RunProcess[];
  /** In the order in which they were stored. */
  artifactsOf(runId: RunId): StoredArtifact[];
}

interface OwnerRow {
  readonly id: string;
  readonly owner_host: string;
  readonly owner_pid: number;
  readonly owner_started_at: number;
}

export function createRuns(db: Database): Runs {
  const selectRun = db.prepare<[string], RunRow>(`SELECT ${RUN_COLUMNS} FROM runs WHERE id = ?`);
  const deleteRun = db.prepare(`DELETE FROM runs WHERE id = ? AND status NOT IN ('queued', 'running')`);
  const ownerColumns = 'id, owner_host, owner_pid, owner_started_at';
  const selectOwner = db.prepare<[string], OwnerRow>(`SELECT ${ownerColumns} FROM runs WHERE id = ?`);
  const selectActive = db.prepare<[], OwnerRow>(
    `SELECT ${ownerColumns} FROM runs WHERE status IN ('queued', 'running') ORDER BY id`,
  );
  const updateOwner = db.prepare(
    `UPDATE runs SET owner_host = ?, owner_pid = ?, owner_started_at = ?
     WHERE id = ? AND owner_host = ? AND owner_pid = ? AND owner_started_at = ?`,
  );
  const nextChange = '(SELECT value FROM change_counter)';
  const updatePin = db.prepare(`UPDATE runs SET pinned = ?, changed = ${nextChange} WHERE id = ?`);
  const countChange = db.prepare('UPDATE change_counter SET value = value + 1');
  const claim = db.prepare(
    `UPDATE runs SET status = 'queued', owner_host = ?, owner_pid = ?, owner_started_at = ?, changed = ${nextChange}
     WHERE id = ? AND status = 'interrupted'`,
  );
  const unclaim = db.prepare(
    `UPDATE runs SET status = 'interrupted', changed = ${nextChange} WHERE id = ? AND status = 'queued'`,
  );
  const claimInterrupted = db.transaction((runId: RunId, { hostId, pid, startedAt }: RunOwner): boolean => {
    countChange.run();
    return claim.run(hostId, pid, startedAt, runId).changes > 0;
  });
  const giveBack = db.transaction((runId: RunId): void => {
    countChange.run();
    unclaim.run(runId);
  });
  const pin = db.transaction((runId: RunId, isPinned: boolean): boolean => {
    countChange.run();
    return updatePin.run(isPinned ? 1 : 0, runId).changes > 0;
  });
  const selectChanged = db.prepare<[number], RunRow>(
    `SELECT ${RUN_COLUMNS} FROM runs WHERE changed > ? ORDER BY changed`,
  );
  const selectCursor = db.prepare<[], number>('SELECT value FROM change_counter').pluck();
  const selectProcesses = db.prepare<[string], RunProcess>(
    'SELECT pid, spawned_at AS spawnedAtMs FROM processes WHERE run_id = ? ORDER BY spawned_at, pid',
  );
  const selectArtifacts = db.prepare<[string], ArtifactRow>(
    `SELECT stage, attempt, name, size_bytes AS sizeBytes, sha256, file_count AS fileCount, expires_at AS expiresAt,
       expired_at AS expiredAt
     FROM artifacts WHERE run_id = ? ORDER BY seq`,
  );

  return {
    list: (query) => listRuns(db, query),
    get(runId) {
      const row = selectRun.get(runId);
      if (!row) throw runNotFound(runId);
      return summaryOf(row);
    },
    remove(runId) {
      if (deleteRun.run(runId).changes > 0) return true;
      const row = selectRun.get(runId);
      if (!row) return false;
      throw new AppError('usage', `Run #${row.number} of ${row.name} is still ${row.status}.`, {
        hint: 'Cancel it first, then remove it.',
      });
    },
    pin(runId, isPinned) {
      if (!pin.immediate(runId, isPinned)) throw runNotFound(runId);
    },
    owner(runId) {
      const row = selectOwner.get(runId);
      if (!row) throw runNotFound(runId);
      return ownerOf(row);
    },
    findAbandoned: (isAlive) =>
      selectActive
        .all()
        .map((row) => ({ runId: runIdOf(row.id), owner: ownerOf(row) }))
        .filter(({ owner }) => !isAlive(owner)),
    takeOwnership(runId, owner, from) {
      const { changes } = updateOwner.run(
        owner.hostId,
        owner.pid,
        owner.startedAt,
        runId,
        from.hostId,
        from.pid,
        from.startedAt,
      );
      return changes > 0;
    },
    claimInterrupted: (runId, owner) => claimInterrupted.immediate(runId, owner),
    unclaim: (runId) => giveBack.immediate(runId),
    changedSince(cursor) {
      const rows = selectChanged.all(cursor);
      return { cursor: rows.at(-1)?.changed ?? cursor, runs: rows.map(summaryOf) };
    },
    changeCursor: () => selectCursor.get() ?? 0,
    processesOf: (runId) => selectProcesses.all(runId),
    artifactsOf: (runId) =>
      selectArtifacts.all(runId).map(({ stage, attempt, expiresAt, expiredAt, ...artifact }) => ({
        stage,
        attempt,
        artifact,
        expiresAt,
        isExpired: expiredAt !== null,
      })),
  };
}

function ownerOf(row: OwnerRow): RunOwner {
  return { hostId: row.owner_host, pid: row.owner_pid, startedAt: row.owner_started_at };
}

function runNotFound(runId: string): AppError {
  return new AppError('run-not-found', `There is no run ${runId}.`, { hint: 'See `pipewright runs list`.' });
}
