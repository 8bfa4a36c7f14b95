import type { Database } from 'better-sqlite3';

/** Values by key, as JSON; the caller checks their shape, since an older or newer Pipewright may have written them. */
export interface Settings {
  /** Undefined when it was never set. */
  get(key: string): unknown;
  /** @param value undefined removes it */
  set(key: string, value: unknown): void;
}

export function createSettings(db: Database): Settings {
  const select = db.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck();
  const upsert = db.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)');
  const remove = db.prepare('DELETE FROM settings WHERE key = ?');
  return {
    get(key) {
      const value = select.get(key);
      return value === undefined ? undefined : (JSON.parse(value) as unknown);
    },
    set(key, value) {
      if (value === undefined) remove.run(key);
      else upsert.run(key, JSON.stringify(value));
    },
  };
}
