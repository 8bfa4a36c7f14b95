import type { Migration } from './migration.ts';

/** How one host asks another for the end of a run; an empty `stage` is the whole run. The owner takes requests out. */
export const cancelRequests: Migration = {
  version: 2,
  sql: `
    CREATE TABLE cancel_requests (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      stage TEXT NOT NULL,
      PRIMARY KEY (run_id, stage)
    ) STRICT, WITHOUT ROWID;
  `,
};
