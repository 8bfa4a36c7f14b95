import type { Migration } from './migration.ts';

/**
 * The local repository: versions of packages (never changed), moves of their channels (the newest counts), who may do what
 * (`channel` is '' for publishing), and what is known of digests with where they were deployed. Times are ISO 8601.
 */
export const repository: Migration = {
  version: 12,
  sql: `
    CREATE TABLE repository_versions (
      name TEXT NOT NULL,
      version TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      file_count INTEGER NOT NULL,
      labels TEXT NOT NULL,
      origin TEXT,
      sbom TEXT,
      provenance TEXT,
      published_by TEXT NOT NULL,
      published_at TEXT NOT NULL,
      PRIMARY KEY (name, version)
    ) STRICT;
    CREATE TABLE repository_moves (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      channel TEXT NOT NULL,
      version TEXT NOT NULL,
      previous TEXT,
      moved_by TEXT NOT NULL,
      moved_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX repository_moves_by_channel ON repository_moves (name, channel, id);
    CREATE TABLE repository_access (
      name TEXT NOT NULL,
      channel TEXT NOT NULL,
      allowed TEXT NOT NULL,
      PRIMARY KEY (name, channel)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE artifact_records (
      sha256 TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      version TEXT,
      source TEXT NOT NULL,
      body TEXT NOT NULL,
      recorded_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX artifact_records_by_name ON artifact_records (name, version);
    CREATE TABLE artifact_deployments (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      sha256 TEXT NOT NULL,
      environment TEXT NOT NULL,
      run_id TEXT NOT NULL,
      at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX artifact_deployments_by_digest ON artifact_deployments (sha256);
  `,
};
