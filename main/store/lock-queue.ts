import type { Database } from 'better-sqlite3';
import type { RunOwner } from '#main/engine/ports.ts';

/** The request for locks that another one waits for. */
export interface Blocker {
  readonly id: number;
  readonly owner: RunOwner;
}

/**
 * Requests for locks in the order in which they came. A request holds its locks when no earlier one wants a name of it;
 * since ids count up, no two can wait for each other.
 */
export interface LockQueue {
  /**
   * @param ends a name of the request whose earlier requests it ends; null: none
   * @returns the request's id
   */
  add(names: readonly string[], owner: RunOwner, holder: string, ends?: string | null): number;
  /** The requests after this one that end those before them, by the name that they share. */
  endersOf(id: number, name: string): { readonly id: number; readonly holder: string }[];
  /** The earlier requests that this one waits for; empty: it holds its locks. */
  blockersOf(id: number): Blocker[];
  remove(id: number): void;
}

export function createLockQueue(db: Database): LockQueue {
  const insertRequest = db.prepare(
    'INSERT INTO lock_requests (owner_host, owner_pid, owner_started_at, holder) VALUES (?, ?, ?, ?)',
  );
  const insertName = db.prepare('INSERT INTO lock_names (name, request_id) VALUES (?, ?)');
  const remove = db.prepare('DELETE FROM lock_requests WHERE id = ?');
  const selectBlockers = db.prepare<
    [number, number],
    { id: number; hostId: string; pid: number; startedAt: number }
  >(
    `SELECT DISTINCT r.id, r.owner_host AS hostId, r.owner_pid AS pid, r.owner_started_at AS startedAt
     FROM lock_names wanted
     JOIN lock_names earlier ON earlier.name = wanted.name AND earlier.request_id < ?
     JOIN lock_requests r ON r.id = earlier.request_id
     WHERE wanted.request_id = ? ORDER BY r.id`,
  );
  const selectEnders = db.prepare<[string, number], { id: number; holder: string }>(
    `SELECT r.id, r.holder FROM lock_names n JOIN lock_requests r ON r.id = n.request_id
     WHERE n.name = ? AND n.request_id > ? ORDER BY r.id`,
  );
  const add = db.transaction(
    (names: readonly string[], owner: RunOwner, holder: string, ends: string | null): number => {
      const id = Number(insertRequest.run(owner.hostId, owner.pid, owner.startedAt, holder).lastInsertRowid);
      for (const name of new Set(names)) insertName.run(name, id);
      if (ends !== null) insertName.run(endOf(ends), id);
      return id;
    },
  );

  return {
    add: (names, owner, holder, ends = null) => add.immediate(names, owner, holder, ends),
    endersOf: (id, name) => selectEnders.all(endOf(name), id),
    blockersOf: (id) =>
      selectBlockers.all(id, id).map(({ id: blocker, ...owner }) => ({ id: blocker, owner })),
    remove: (id) => void remove.run(id),
  };
}

/** The name that says of a request that it ends others. Only requests that want the plain name, too, have it. */
const endOf = (name: string): string => `end:${name}`;
