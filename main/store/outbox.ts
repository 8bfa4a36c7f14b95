import type { Database } from 'better-sqlite3';

/** Something to do that is kept until it is done. */
export interface OutboxEntry {
  readonly id: number;
  /** JSON. */
  readonly body: unknown;
  /** Tries so far, this one included. */
  readonly attempts: number;
}

/** An entry with what became of it. */
export interface OutboxRecord {
  readonly id: number;
  readonly body: unknown;
  readonly attempts: number;
  readonly state: 'waiting' | 'done' | 'failed';
  /** Epoch milliseconds: when it is due next, was done or was given up. */
  readonly at: number;
  /** Of the last try that failed. */
  readonly error: string | null;
}

export interface NewOutboxEntry {
  /** An entry with a key that was put in before changes nothing, also when that one is done or given up. */
  readonly key: string;
  readonly body: unknown;
}

export interface Outbox {
  add(entry: NewOutboxEntry, nowMs: number): boolean;
  /**
   * Takes the entries that are due; each is due again after `leaseMs`, should this host die. Of several hosts one gets each.
   */
  take(nowMs: number, leaseMs: number, limit: number): OutboxEntry[];
  /** When the next entry is due; null when none waits. */
  nextAt(): number | null;
  /** It is done, and what follows from it takes its place, in one transaction. */
  finish(id: number, nowMs: number, follow?: readonly NewOutboxEntry[]): void;
  retry(id: number, atMs: number, error: string): void;
  /** It is kept with its error, and not tried any more. */
  giveUp(id: number, nowMs: number, error: string): void;
  /** Those that were given up, newest first. */
  failures(limit: number): { readonly body: unknown; readonly attempts: number; readonly error: string }[];
  /** What was put in last, newest first; `bodyType` is the `type` of the body. */
  recent(bodyType: string, limit: number): OutboxRecord[];
}

/** Done entries keep others with their keys out for a while, and can be looked at. */
const KEPT_DONE = 1_000;

export function createOutbox(db: Database): Outbox {
  const insert = db.prepare('INSERT OR IGNORE INTO outbox (key, body, next_at) VALUES (?, ?, ?)');
  const selectDue = db.prepare<[number, number], { id: number; body: string; attempts: number }>(
    `SELECT id, body, attempts FROM outbox WHERE state = 'waiting' AND next_at <= ? ORDER BY next_at, id LIMIT ?`,
  );
  const lease = db.prepare('UPDATE outbox SET attempts = attempts + 1, next_at = ? WHERE id = ?');
  const selectNext = db
    .prepare<[], number | null>(`SELECT min(next_at) FROM outbox WHERE state = 'waiting'`)
    .pluck();
  const done = db.prepare(`UPDATE outbox SET state = 'done', next_at = ? WHERE id = ?`);
  const prune = db.prepare(
    `DELETE FROM outbox WHERE state = 'done' AND id <=
       (SELECT id FROM outbox WHERE state = 'done' ORDER BY id DESC LIMIT 1 OFFSET ?)`,
  );
  const delay = db.prepare('UPDATE outbox SET next_at = ?, last_error = ? WHERE id = ?');
  const fail = db.prepare(`UPDATE outbox SET state = 'failed', next_at = ?, last_error = ? WHERE id = ?`);
  const selectFailed = db.prepare<[number], { body: string; attempts: number; error: string }>(
    `SELECT body, attempts, last_error AS error FROM outbox WHERE state = 'failed' ORDER BY id DESC LIMIT ?`,
  );
  const selectRecent = db.prepare<[string, number], Omit<OutboxRecord, 'body'> & { readonly body: string }>(
    `SELECT id, body, attempts, state, next_at AS at, last_error AS error FROM outbox
     WHERE body ->> '$.type' = ? ORDER BY id DESC LIMIT ?`,
  );

  const take = db.transaction((nowMs: number, leaseMs: number, limit: number): OutboxEntry[] =>
    selectDue.all(nowMs, limit).map(({ id, body, attempts }) => {
      lease.run(nowMs + leaseMs, id);
      return { id, body: JSON.parse(body) as unknown, attempts: attempts + 1 };
    }),
  );
  const add = ({ key, body }: NewOutboxEntry, nowMs: number): boolean =>
    insert.run(key, JSON.stringify(body), nowMs).changes > 0;
  const finish = db.transaction((id: number, nowMs: number, follow: readonly NewOutboxEntry[]): void => {
    for (const entry of follow) add(entry, nowMs);
    done.run(nowMs, id);
    prune.run(KEPT_DONE);
  });

  return {
    add,
    take: (nowMs, leaseMs, limit) => take.immediate(nowMs, leaseMs, limit),
    nextAt: () => selectNext.get() ?? null,
    finish: (id, nowMs, follow = []) => finish.immediate(id, nowMs, follow),
    retry: (id, atMs, error) => void delay.run(atMs, error, id),
    giveUp: (id, nowMs, error) => void fail.run(nowMs, error, id),
    failures: (limit) =>
      selectFailed.all(limit).map((row) => ({ ...row, body: JSON.parse(row.body) as unknown })),
    recent: (bodyType, limit) =>
      selectRecent.all(bodyType, limit).map((row) => ({ ...row, body: JSON.parse(row.body) as unknown })),
  };
}
