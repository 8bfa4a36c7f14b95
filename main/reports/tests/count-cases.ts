import type { TestCase, TestStatus, TestSuite, TestSummary } from '#shared/reports/test-report.ts';

/** The counts of cases, and the sum of their times. */
export function countCases(cases: readonly TestCase[]): TestSummary {
  const counts: Record<TestStatus, number> = { passed: 0, failed: 0, errored: 0, skipped: 0 };
  let durationMs = 0;
  for (const each of cases) {
    counts[each.status] += 1;
    durationMs += each.durationMs;
  }
  return { total: cases.length, ...counts, durationMs };
}

/** A suite of cases without words of its own. */
export function suiteOf(
  name: string,
  cases: TestCase[],
  rest: Partial<Pick<TestSuite, 'file' | 'timestamp' | 'durationMs' | 'stdout' | 'stderr'>> = {},
): TestSuite {
  return {
    ...countCases(cases),
    name,
    file: null,
    timestamp: null,
    cases,
    stdout: null,
    stderr: null,
    ...rest,
  };
}
