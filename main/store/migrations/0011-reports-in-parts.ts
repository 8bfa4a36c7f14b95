import type { Migration } from './migration.ts';

/**
 * `reports.body` is a whole normal form where `parts` is 0, as older versions stored it; else it has the figures alone, part
 * 0 the list that inspectors open with, and the others what takes much room (`report-body/`).
 * `test_results` has a row for each case of a report; `case_hash` is the same in every run (`case-hash.ts`), `status` an
 * index into the statuses, and `suite` and `place` tell where the report has the case.
 * `stage_results` is how each stage ended, so that nobody folds the events of many runs to learn since when it fails.
 * `metric_points` of the run as a whole have the stage ''.
 */
export const reportsInParts: Migration = {
  version: 11,
  sql: `
    ALTER TABLE reports ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE report_parts (
      report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
      part INTEGER NOT NULL,
      body BLOB NOT NULL,
      PRIMARY KEY (report_id, part)
    ) STRICT;

    CREATE TABLE test_results (
      report_id INTEGER NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
      case_hash INTEGER NOT NULL,
      status INTEGER NOT NULL,
      duration_ms REAL NOT NULL,
      flaky INTEGER NOT NULL,
      suite INTEGER NOT NULL,
      place INTEGER NOT NULL,
      PRIMARY KEY (report_id, case_hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX test_results_bad ON test_results (report_id, case_hash) WHERE status >= 2 OR flaky = 1;

    CREATE TABLE stage_results (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      stage TEXT NOT NULL,
      status TEXT NOT NULL,
      PRIMARY KEY (run_id, stage)
    ) STRICT, WITHOUT ROWID;
    INSERT OR REPLACE INTO stage_results
      SELECT run_id, json_extract(body, '$.stage'), json_extract(body, '$.status') FROM events
      WHERE body LIKE '{"type":"stage-finished"%' ORDER BY run_id, seq;

    CREATE TABLE metric_points (
      run_id TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
      stage TEXT NOT NULL,
      name TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      unit TEXT NOT NULL,
      better TEXT,
      value REAL NOT NULL,
      PRIMARY KEY (run_id, stage, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE ignored_findings (
      project_id TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      reason TEXT NOT NULL,
      until TEXT,
      ignored_by TEXT NOT NULL,
      ignored_at TEXT NOT NULL,
      PRIMARY KEY (project_id, fingerprint)
    ) STRICT, WITHOUT ROWID;
  `,
};
