import type { Store } from '#main/store/open-store.ts';
import type { StoredReport } from '#main/store/reports.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { type Coverage, coverageSchema, type FileCoverage, sumCoverage } from '#shared/reports/coverage.ts';
import { mergeTestReports, type TestReport, testReportSchema } from '#shared/reports/test-report.ts';

/** The reports of a run, those of each stage's latest attempt; a type without any report is absent. */
export interface RunReports {
  readonly tests?: TestReport;
  /** Of a file that several stages cover, the better of their figures: which lines they share is not stored. */
  readonly coverage?: Coverage;
}

export interface StageTests {
  readonly stage: string;
  readonly attempt: number;
  readonly report: TestReport;
}

/** The tests of a run, stage by stage. */
export function readTests(store: Pick<Store, 'reports'>, runId: RunId): StageTests[] {
  return latest(store.reports.read(runId, 'tests')).map(({ stage, attempt, report }) => ({
    stage,
    attempt,
    report: testReportSchema.parse(report),
  }));
}

export function readReports(store: Pick<Store, 'reports'>, runId: RunId): RunReports {
  const tests = readTests(store, runId);
  const coverage = latest(store.reports.read(runId, 'coverage')).map(({ report }) =>
    coverageSchema.parse(report),
  );
  return {
    ...(tests.length === 0 ? {} : { tests: mergeTestReports(tests.map(({ report }) => report)) }),
    ...(coverage.length === 0 ? {} : { coverage: mergeCoverage(coverage) }),
  };
}

function latest(reports: readonly StoredReport[]): StoredReport[] {
  const last = new Map<string, number>();
  for (const { stage, attempt } of reports) last.set(stage, Math.max(attempt, last.get(stage) ?? 0));
  return reports.filter(({ stage, attempt }) => attempt === last.get(stage));
}

function mergeCoverage(reports: readonly Coverage[]): Coverage {
  const files = new Map<string, FileCoverage>();
  for (const file of reports.flatMap((report) => report.files)) {
    const known = files.get(file.path);
    if (!known || known.lines.covered < file.lines.covered) files.set(file.path, file);
  }
  return sumCoverage([...files.values()]);
}
