import type { TestReport } from '#shared/reports/test-report.ts';
import type { SourcePaths } from '../source-paths.ts';

/** The report with its files as they are shown. */
export function withPaths(report: TestReport, paths: SourcePaths): TestReport {
  const own = <T extends { readonly file: string | null }>(entry: T): T => {
    if (entry.file === null) return entry;
    const file = paths.of(entry.file);
    return file === entry.file ? entry : { ...entry, file };
  };
  return {
    ...report,
    suites: report.suites.map((suite) => ({ ...own(suite), cases: suite.cases.map(own) })),
  };
}
