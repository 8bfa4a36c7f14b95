import type { Migration } from './migration.ts';

/**
 * `events` is the truth; the other tables of a run are what lists read without folding events.
 * `runs.changed` counts up over all runs, so that a host sees what other hosts changed by asking for more than it knows.
 * `test_counts` holds what a stage's latest attempt reported, so that a second attempt replaces the first one's sums.
 */
export const first: Migration = {
  version: 1,
  sql: `
    CREATE TABLE change_counter (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL) STRICT;
    INSERT INTO change_counter VALUES (1, 0);

    CREATE TABLE projects (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      dir TEXT NOT NULL,
      is_sample INTEGER NOT NULL,
      added_at TEXT NOT NULL,
      opened_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE run_numbers (project_id TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;

    CREATE TABLE runs (
      id TEXT PRIMARY KEY,
      number INTEGER NOT NULL,
      name TEXT NOT NULL,
      project_id TEXT NOT NULL,
      project_dir TEXT NOT NULL,
      pipeline_file TEXT NOT NULL,
      status TEXT NOT NULL,
      trigger TEXT NOT NULL,
      git TEXT,
      search_text TEXT NOT NULL,
      created_at TEXT NOT NULL,
      started_at TEXT,
      finished_at TEXT,
      duration_ms INTEGER,
      stage_count INTEGER NOT NULL,
      finished_stage_count INTEGER NOT NULL DEFAULT 0,
      failed_stage_count INTEGER NOT NULL DEFAULT 0,
      tests_total INTEGER,
      tests_failed INTEGER,
      owner_host TEXT NOT NULL,
      owner_pid INTEGER NOT NULL,
      owner_started_at INTEGER NOT NULL,
      changed INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX runs_by_time ON runs (created_at, id);
    CREATE INDEX runs_by_project ON runs (project_id, created_at, id);
    CREATE INDEX runs_by_change ON runs (changed);
    CREATE INDEX runs_active ON runs (id) WHERE status IN ('queued', 'running');

    CREATE TABLE events (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      seq INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (run_id, seq)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE test_counts (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      stage TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      total INTEGER NOT NULL,
      failed INTEGER NOT NULL,
      PRIMARY KEY (run_id, stage)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE artifacts (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      stage TEXT NOT NULL,
      name TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      size_bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      file_count INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      PRIMARY KEY (run_id, stage, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE reports (
      id INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      stage TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      type TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT;
    CREATE INDEX reports_by_run ON reports (run_id, type);

    CREATE TABLE processes (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      pid INTEGER NOT NULL,
      spawned_at INTEGER NOT NULL,
      PRIMARY KEY (run_id, pid)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
};
