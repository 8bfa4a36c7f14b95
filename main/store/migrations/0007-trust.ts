import type { Migration } from './migration.ts';

/** The pipeline files that somebody trusts, with the triggers and privileged options that were accepted. */
export const trust: Migration = {
  version: 7,
  sql: `
    CREATE TABLE trust_grants (
      id INTEGER PRIMARY KEY,
      project_id TEXT NOT NULL,
      file TEXT NOT NULL,
      digest TEXT NOT NULL,
      items TEXT NOT NULL,
      at TEXT NOT NULL,
      how TEXT NOT NULL,
      UNIQUE (project_id, file, digest)
    ) STRICT;
  `,
};
