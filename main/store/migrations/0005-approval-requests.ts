import type { Migration } from './migration.ts';

/** How one host hands another what a person decided about a stage that waits. The owner takes requests out. */
export const approvalRequests: Migration = {
  version: 5,
  sql: `
    CREATE TABLE approval_requests (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      stage TEXT NOT NULL,
      decision TEXT NOT NULL,
      decided_by TEXT NOT NULL,
      comment TEXT,
      PRIMARY KEY (run_id, stage)
    ) STRICT, WITHOUT ROWID;
  `,
};
