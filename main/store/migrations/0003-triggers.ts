import type { Migration } from './migration.ts';

/**
 * `trigger_lease` has one row at most: the host that may fire. `webhook_deliveries` holds what came, so that it does nothing
 * a second time. `outbox` holds messages until they are sent or given up; `key` keeps one from being put in twice.
 */
export const triggers: Migration = {
  version: 3,
  sql: `
    CREATE TABLE trigger_lease (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      holder TEXT NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE trigger_states (
      project_id TEXT NOT NULL,
      file TEXT NOT NULL,
      type TEXT NOT NULL,
      paused INTEGER NOT NULL DEFAULT 0,
      cursor TEXT,
      fault TEXT,
      PRIMARY KEY (project_id, file, type)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE trigger_firings (
      id INTEGER PRIMARY KEY,
      project_id TEXT NOT NULL,
      file TEXT NOT NULL,
      type TEXT NOT NULL,
      at TEXT NOT NULL,
      reason TEXT NOT NULL,
      run_id TEXT,
      skipped TEXT
    ) STRICT;
    CREATE INDEX trigger_firings_by_trigger ON trigger_firings (project_id, file, type, id);

    CREATE TABLE webhook_deliveries (id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE outbox (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      body TEXT NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      next_at INTEGER NOT NULL,
      state TEXT NOT NULL DEFAULT 'waiting',
      last_error TEXT
    ) STRICT;
    CREATE INDEX outbox_waiting ON outbox (next_at) WHERE state = 'waiting';
  `,
};
