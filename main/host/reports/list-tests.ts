import type { Store } from '#main/store/open-store.ts';
import type { StoredCase } from '#main/store/report-body/tests-body.ts';
import type { ReportHead } from '#main/store/reports.ts';
import { caseHash } from '#main/store/case-hash.ts';
import type { ListedCase, ListedTests } from '#shared/api/report-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { sumTestReports, type TestCase } from '#shared/reports/test-report.ts';
import { failingSince } from './failing-since.ts';

type TestsStore = Pick<Store, 'reports' | 'runs' | 'runLine' | 'testResults'>;

/** The tests of a run, stage by stage: where a stage wrote several reports, their suites follow each other. */
export function listTests(store: TestsStore, runId: RunId): ListedTests[] {
  const doubtful = store.testResults.doubtful(runId);
  const since = failingSince(store, runId);
  const tests: ListedTests[] = [];
  for (const [stage, heads] of byStage(store, runId)) {
    const listed = (suite: string, test: StoredCase): ListedCase => {
      const { name, classname, file, line, status, durationMs, message, flaky } = test;
      const plain = { name, classname, file, line, status, durationMs, message, flaky };
      if (doubtful.size === 0) return plain;
      const hash = caseHash({ stage, suite, classname, name });
      if (!doubtful.has(hash)) return plain;
      const first = status === 'failed' || status === 'errored' ? since.get(hash) : undefined;
      const isFlaky = flaky || store.testResults.outcome(runId, hash)?.isFlaky === true;
      return { ...plain, flaky: isFlaky, ...(first && { failingSince: first }) };
    };
    const suites = heads
      .flatMap(({ id }) => store.reports.suites(id))
      .map(({ name, file, total, passed, failed, errored, skipped, durationMs, cases }) => ({
        ...{ name, file, total, passed, failed, errored, skipped, durationMs },
        cases: cases.map((test) => listed(name, test)),
      }));
    tests.push({
      stage,
      attempt: heads[0]!.attempt,
      summary: sumTestReports(heads.map(({ head }) => head)),
      suites,
    });
  }
  return tests;
}

/** @throws AppError `usage` when the run has no test at that place */
export function findCase(
  store: Pick<Store, 'reports'>,
  runId: RunId,
  place: { readonly stage: string; readonly suite: number; readonly case: number },
): TestCase {
  let { suite } = place;
  for (const { id } of byStage(store, runId).get(place.stage) ?? []) {
    const { length } = store.reports.suites(id);
    if (suite < length) {
      const found = store.reports.testCase(id, suite, place.case);
      if (found) return found;
      break;
    }
    suite -= length;
  }
  throw new AppError('usage', `The run has no such test in its stage ${place.stage}.`, {
    hint: 'Its reports may have been replaced by those of a later attempt: look at the list again.',
  });
}

function byStage(store: Pick<Store, 'reports'>, runId: RunId): Map<string, ReportHead<'tests'>[]> {
  return Map.groupBy(store.reports.latest(runId, 'tests'), ({ stage }) => stage);
}
