import type { Database } from 'better-sqlite3';

/** A saved cache; its content is the blob `sha256`. */
export interface CacheRow {
  readonly id: number;
  readonly key: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Which caches there are. Any number of processes may use it at once. */
export interface CacheIndex {
  has(scope: string, paths: string, key: string): boolean;
  /** The exact key, else the newest whose key starts with one of `prefixes`, these in order. Counts as a use. */
  find(scope: string, paths: string, key: string, prefixes: readonly string[]): CacheRow | null;
  /** False when the key exists already. */
  add(scope: string, paths: string, key: string, blob: Pick<CacheRow, 'sha256' | 'sizeBytes'>): boolean;
  remove(id: number): void;
  /** What the content of all caches takes; equal content counts once. */
  contentBytes(): number;
  /** What `evict` would remove. */
  beyond(maxBytes: number): CacheRow[];
  /**
   * Removes the least recently used caches until no more than `maxBytes` are left.
   * @returns the content that no cache refers to any more
   */
  evict(maxBytes: number): string[];
}

export function createCacheIndex(db: Database, now: () => number): CacheIndex {
  const columns = 'id, key, sha256, size_bytes AS sizeBytes';
  const selectExact = db.prepare<[string, string, string], CacheRow>(
    `SELECT ${columns} FROM caches WHERE scope = ? AND paths = ? AND key = ?`,
  );
  const selectPrefix = db.prepare<[string, string, string, string], CacheRow>(
    `SELECT ${columns} FROM caches WHERE scope = ? AND paths = ? AND substr(key, 1, length(?)) = ?
     ORDER BY created_at DESC, id DESC LIMIT 1`,
  );
  const touch = db.prepare('UPDATE caches SET used_at = ? WHERE id = ?');
  const insert = db.prepare(
    `INSERT INTO caches (scope, paths, key, sha256, size_bytes, created_at, used_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const remove = db.prepare('DELETE FROM caches WHERE id = ?');
  const selectTotal = db.prepare<[], number>('SELECT coalesce(sum(size_bytes), 0) FROM caches').pluck();
  const selectContent = db
    .prepare<[], number>('SELECT sum(size_bytes) FROM (SELECT DISTINCT sha256, size_bytes FROM caches)')
    .pluck();
  const selectByUse = db.prepare<[], CacheRow>(`SELECT ${columns} FROM caches ORDER BY used_at, id`);
  const isUsed = db.prepare<[string], number>('SELECT 1 FROM caches WHERE sha256 = ?').pluck();

  function lookUp(scope: string, paths: string, key: string, prefixes: readonly string[]): CacheRow | null {
    const exact = selectExact.get(scope, paths, key);
    if (exact) return exact;
    for (const prefix of prefixes) {
      if (prefix === '') continue;
      const row = selectPrefix.get(scope, paths, prefix, prefix);
      if (row) return row;
    }
    return null;
  }

  function beyond(maxBytes: number): CacheRow[] {
    let total = selectTotal.get() ?? 0;
    const rows: CacheRow[] = [];
    for (const row of total > maxBytes ? selectByUse.all() : []) {
      if (total <= maxBytes) break;
      rows.push(row);
      total -= row.sizeBytes;
    }
    return rows;
  }

  const evict = db.transaction((maxBytes: number): string[] => {
    const removed = new Set<string>();
    for (const row of beyond(maxBytes)) {
      remove.run(row.id);
      removed.add(row.sha256);
    }
    return [...removed].filter((sha256) => isUsed.get(sha256) === undefined);
  });

  return {
    has: (scope, paths, key) => selectExact.get(scope, paths, key) !== undefined,
    find(scope, paths, key, prefixes) {
      const row = lookUp(scope, paths, key, prefixes);
      if (row) touch.run(now(), row.id);
      return row;
    },
    add(scope, paths, key, { sha256, sizeBytes }) {
      const at = now();
      return insert.run(scope, paths, key, sha256, sizeBytes, at, at).changes > 0;
    },
    remove: (id) => void remove.run(id),
    beyond,
    contentBytes: () => selectContent.get() ?? 0,
    evict: (maxBytes) => evict.immediate(maxBytes),
  };
}
