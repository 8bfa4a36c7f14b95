import type { Database } from 'better-sqlite3';
import type { RunOwner } from '#main/engine/ports.ts';
import type { RunId } from '#shared/lib/ids.ts';

/** Keeps finished runs from being removed while something is taken from them, and has one process collect at a time. */
export interface RunHolds {
  /** To be taken before the run is read. @returns frees it; idempotent */
  hold(runId: RunId, owner: RunOwner): () => void;
  /** Frees what dead processes held. */
  releaseDead(isAlive: (owner: RunOwner) => boolean): void;
  /** The right to collect, which dies with its owner. @returns gives it back; null: another living process has it */
  startCollecting(owner: RunOwner, isAlive: (owner: RunOwner) => boolean): (() => void) | null;
}

interface OwnerRow extends RunOwner {
  readonly id: number;
}

export function createRunHolds(db: Database): RunHolds {
  const columns = 'id, owner_host AS hostId, owner_pid AS pid, owner_started_at AS startedAt';
  const insertHold = db.prepare(
    'INSERT INTO run_holds (run_id, owner_host, owner_pid, owner_started_at) VALUES (?, ?, ?, ?)',
  );
  const selectHolds = db.prepare<[], OwnerRow>(`SELECT ${columns} FROM run_holds`);
  const deleteHold = db.prepare('DELETE FROM run_holds WHERE id = ?');
  const selectCollector = db.prepare<[], OwnerRow>(`SELECT ${columns} FROM collector`);
  const insertCollector = db.prepare('INSERT INTO collector VALUES (1, ?, ?, ?)');
  const deleteCollector = db.prepare('DELETE FROM collector');
  const giveBack = db.prepare(
    'DELETE FROM collector WHERE owner_host = ? AND owner_pid = ? AND owner_started_at = ?',
  );

  const startCollecting = db.transaction(
    ({ hostId, pid, startedAt }: RunOwner, isAlive: (owner: RunOwner) => boolean): boolean => {
      const current = selectCollector.get();
      if (current !== undefined && isAlive(current)) return false;
      deleteCollector.run();
      insertCollector.run(hostId, pid, startedAt);
      return true;
    },
  );

  return {
    hold(runId, { hostId, pid, startedAt }) {
      const { lastInsertRowid } = insertHold.run(runId, hostId, pid, startedAt);
      return () => void deleteHold.run(lastInsertRowid);
    },
    releaseDead(isAlive) {
      for (const { id, ...owner } of selectHolds.all()) if (!isAlive(owner)) deleteHold.run(id);
    },
    startCollecting: (owner, isAlive) =>
      startCollecting.immediate(owner, isAlive)
        ? () => void giveBack.run(owner.hostId, owner.pid, owner.startedAt)
        : null,
  };
}
