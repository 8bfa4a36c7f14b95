import type { Database } from 'better-sqlite3';
import type { RunId } from '#shared/lib/ids.ts';
import type { TestStatus } from '#shared/reports/test-report.ts';
import { STATUSES } from './report-body/tests-body.ts';

/** What became of a case in a run: as its latest attempt reported it. */
export interface CaseOutcome {
  readonly status: TestStatus;
  readonly durationMs: number;
  /** It failed and passed within the run: in one attempt, or from attempt to attempt. */
  readonly isFlaky: boolean;
  /** Where it is: of this report, that suite and that place in it. */
  readonly report: number;
  readonly suite: number;
  readonly place: number;
}

export interface StoredTestResults {
  /** Null when the run has no such case. @param hash as `caseHash` gives it */
  outcome(runId: RunId, hash: number): CaseOutcome | null;
  /** Those that failed or errored in their stage's latest attempt. */
  failing(runId: RunId): ReadonlySet<number>;
  /** Those that failed, errored or were flaky in any attempt. */
  doubtful(runId: RunId): ReadonlySet<number>;
}

interface Row {
  readonly report: number;
  readonly attempt: number;
  readonly status: number;
  readonly durationMs: number;
  readonly flaky: number;
  readonly suite: number;
  readonly place: number;
}

/** An index into `STATUSES`: failed and errored. */
const BAD = STATUSES.indexOf('failed');
const PASSED = STATUSES.indexOf('passed');

export function createTestResults(db: Database): StoredTestResults {
  const selectCase = db.prepare<[number, string], Row>(
    `SELECT p.id AS report, p.attempt, t.status, t.duration_ms AS durationMs, t.flaky, t.suite, t.place
     FROM reports p JOIN test_results t ON t.report_id = p.id AND t.case_hash = ?
     WHERE p.run_id = ? AND p.type = 'tests' ORDER BY p.attempt DESC, t.status DESC`,
  );
  const selectDoubtful = db
    .prepare<[string], number>(
      `SELECT t.case_hash FROM reports p JOIN test_results t ON t.report_id = p.id
       WHERE p.run_id = ? AND p.type = 'tests' AND (t.status >= 2 OR t.flaky = 1)`,
    )
    .pluck();
  const selectFailing = db
    .prepare<[string], number>(
      `SELECT t.case_hash FROM reports p JOIN test_results t ON t.report_id = p.id
       WHERE p.run_id = ? AND p.type = 'tests' AND (t.status >= 2 OR t.flaky = 1) AND t.status >= 2
       AND p.attempt = (SELECT max(attempt) FROM reports WHERE run_id = p.run_id AND stage = p.stage)`,
    )
    .pluck();
  return {
    outcome(runId, hash) {
      const rows = selectCase.all(hash, runId);
      const [latest] = rows;
      if (!latest) return null;
      const hasBoth =
        rows.some(({ status }) => status >= BAD) && rows.some(({ status }) => status === PASSED);
      return {
        status: STATUSES[latest.status] ?? 'errored',
        durationMs: latest.durationMs,
        isFlaky: hasBoth || rows.some(({ flaky }) => flaky === 1),
        report: latest.report,
        suite: latest.suite,
        place: latest.place,
      };
    },
    failing: (runId) => new Set(selectFailing.all(runId)),
    doubtful: (runId) => new Set(selectDoubtful.all(runId)),
  };
}
