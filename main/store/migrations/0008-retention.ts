import type { Migration } from './migration.ts';

/**
 * `artifacts.expires_at` is when an artifact's own retention is over, `expired_at` when its content was given up; both are
 * epoch milliseconds. `run_sizes` holds what a finished run's folder took, measured after that end of it. `run_holds` are
 * runs that a process reads from, so that none of them is removed meanwhile. `collector` has one row at most: who collects.
 */
export const retention: Migration = {
  version: 8,
  sql: `
    ALTER TABLE artifacts ADD COLUMN expires_at INTEGER;
    ALTER TABLE artifacts ADD COLUMN expired_at INTEGER;
    CREATE INDEX artifacts_to_expire ON artifacts (expires_at) WHERE expires_at IS NOT NULL AND expired_at IS NULL;

    CREATE TABLE run_sizes (
      run_id TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
      finished_at TEXT NOT NULL,
      log_bytes INTEGER NOT NULL,
      workspace_bytes INTEGER NOT NULL,
      other_bytes INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE run_holds (
      id INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL,
      owner_host TEXT NOT NULL,
      owner_pid INTEGER NOT NULL,
      owner_started_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX run_holds_by_run ON run_holds (run_id);

    CREATE TABLE collector (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      owner_host TEXT NOT NULL,
      owner_pid INTEGER NOT NULL,
      owner_started_at INTEGER NOT NULL
    ) STRICT;
  `,
};
