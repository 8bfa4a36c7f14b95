import type { Migration } from './migration.ts';

/** How long stages have taken, smoothed, so that the longest remaining path can be estimated. */
export const stageDurations: Migration = {
  version: 6,
  sql: `
CREATE TABLE stage_durations (
  scope TEXT NOT NULL,
  pipeline_file TEXT NOT NULL,
  stage TEXT NOT NULL,
  duration_ms REAL NOT NULL,
  PRIMARY KEY (scope, pipeline_file, stage)
) WITHOUT ROWID;
`,
};
