import type { Migration } from './migration.ts';

/**
 * What lives longer than a run. `caches.paths` is part of a cache's identity: other paths under the same key are another
 * cache. Times are epoch milliseconds. A request for locks waits while an earlier one wants one of its names, so that the
 * order of ids alone says who holds a lock.
 */
export const reuse: Migration = {
  version: 4,
  sql: `
    CREATE TABLE caches (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      scope TEXT NOT NULL,
      paths TEXT NOT NULL,
      key TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      used_at INTEGER NOT NULL,
      UNIQUE (scope, paths, key)
    ) STRICT;
    CREATE INDEX caches_by_use ON caches (used_at, id);
    CREATE INDEX caches_by_content ON caches (sha256);

    CREATE TABLE fingerprints (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      scope TEXT NOT NULL,
      pipeline_file TEXT NOT NULL,
      stage TEXT NOT NULL,
      inputs TEXT NOT NULL,
      result TEXT NOT NULL,
      used_at INTEGER NOT NULL,
      UNIQUE (scope, pipeline_file, stage, inputs)
    ) STRICT;

    CREATE TABLE pipeline_states (
      scope TEXT NOT NULL,
      pipeline_file TEXT NOT NULL,
      serial INTEGER NOT NULL,
      body TEXT NOT NULL,
      run_id TEXT NOT NULL,
      PRIMARY KEY (scope, pipeline_file)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE lock_requests (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      owner_host TEXT NOT NULL,
      owner_pid INTEGER NOT NULL,
      owner_started_at INTEGER NOT NULL,
      holder TEXT NOT NULL
    ) STRICT;
    CREATE TABLE lock_names (
      name TEXT NOT NULL,
      request_id INTEGER NOT NULL REFERENCES lock_requests (id) ON DELETE CASCADE,
      PRIMARY KEY (name, request_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX lock_names_by_request ON lock_names (request_id);

    ALTER TABLE runs ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
  `,
};
