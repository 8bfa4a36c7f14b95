import type { Database } from 'better-sqlite3';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { MetricsReport } from '#shared/reports/metrics.ts';
import type { TestReport } from '#shared/reports/test-report.ts';
import type { ReportType } from '#shared/run/events.ts';
import { caseHash } from './case-hash.ts';
import { createMetricPoints } from './metric-points.ts';
import { pack } from './report-body/pack.ts';
import { splitReport } from './report-body/report-body.ts';
import { STATUSES } from './report-body/tests-body.ts';

/** Of one case in one report. */
interface Result {
  readonly hash: number;
  readonly status: number;
  readonly durationMs: number;
  readonly isFlaky: boolean;
  readonly suite: number;
  readonly place: number;
}

export interface ReportWriter {
  /** Stores a normal form with what histories and trends know of it, in one transaction. */
  save(runId: RunId, stage: StageId, attempt: number, type: ReportType, report: unknown): void;
  /** Gives the reports of a stage's latest attempt to the same stage of another run; inside of a transaction. */
  copy(from: RunId, stage: StageId, to: RunId): void;
}

export function createReportWriter(db: Database): ReportWriter {
  const insert = db.prepare(
    'INSERT INTO reports (run_id, stage, attempt, type, body, parts) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertPart = db.prepare('INSERT INTO report_parts VALUES (?, ?, ?)');
  const insertResult = db.prepare('INSERT INTO test_results VALUES (?, ?, ?, ?, ?, ?, ?)');
  const selectLatest = db
    .prepare<[string, string, string, string], number>(
      `SELECT id FROM reports WHERE run_id = ? AND stage = ?
       AND attempt = (SELECT max(attempt) FROM reports WHERE run_id = ? AND stage = ?) ORDER BY id`,
    )
    .pluck();
  const copyReport = db.prepare(
    `INSERT INTO reports (run_id, stage, attempt, type, body, parts)
     SELECT ?, stage, 1, type, body, parts FROM reports WHERE id = ?`,
  );
  const copyParts = db.prepare(
    'INSERT INTO report_parts SELECT ?, part, body FROM report_parts WHERE report_id = ?',
  );
  const copyResults = db.prepare(
    `INSERT INTO test_results SELECT ?, case_hash, status, duration_ms, flaky, suite, place
     FROM test_results WHERE report_id = ?`,
  );
  const points = createMetricPoints(db);

  const save = db.transaction(
    (...[runId, stage, attempt, type, report]: Parameters<ReportWriter['save']>) => {
      const { head, parts } = splitReport(type, report);
      const { lastInsertRowid } = insert.run(runId, stage, attempt, type, JSON.stringify(head), parts.length);
      for (const [index, part] of parts.entries()) insertPart.run(lastInsertRowid, index, pack(part));
      if (type === 'tests') {
        for (const { hash, status, durationMs, isFlaky, suite, place } of resultsOf(
          stage,
          report as TestReport,
        )) {
          insertResult.run(lastInsertRowid, hash, status, durationMs, isFlaky ? 1 : 0, suite, place);
        }
      } else if (type === 'metrics') {
        for (const metric of (report as MetricsReport).metrics) points.set(runId, stage, attempt, metric);
      }
    },
  );

  return {
    save(...words) {
      save.immediate(...words);
    },
    copy(from, stage, to) {
      for (const id of selectLatest.all(from, stage, from, stage)) {
        const { lastInsertRowid } = copyReport.run(to, id);
        copyParts.run(lastInsertRowid, id);
        copyResults.run(lastInsertRowid, id);
      }
      points.copy(from, stage, to);
    },
  };
}

/** One for each key, in the order in which the database keeps them; of cases with one key the worst. */
function resultsOf(stage: StageId, { suites }: TestReport): Result[] {
  const results = new Map<number, Result>();
  for (const [suite, { name, cases }] of suites.entries()) {
    for (const [place, test] of cases.entries()) {
      const hash = caseHash({ stage, suite: name, classname: test.classname, name: test.name });
      const status = STATUSES.indexOf(test.status);
      const known = results.get(hash);
      const isFlaky = test.flaky === true || known?.isFlaky === true;
      const worst =
        known && known.status >= status ? known : { hash, status, durationMs: test.durationMs, suite, place };
      results.set(hash, { ...worst, isFlaky });
    }
  }
  return [...results.values()].sort((a, b) => a.hash - b.hash);
}
