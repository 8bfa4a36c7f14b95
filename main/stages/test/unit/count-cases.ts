import type { TestCase, TestStatus, TestSummary } from '#shared/reports/test-report.ts';

/** The counts of cases, and how long they took together. */
export function countCases(cases: readonly TestCase[]): TestSummary {
  const count = (status: TestStatus): number => cases.filter((one) => one.status === status).length;
  return {
    total: cases.length,
    passed: count('passed'),
    failed: count('failed'),
    errored: count('errored'),
    skipped: count('skipped'),
    durationMs: cases.reduce((sum, { durationMs }) => sum + durationMs, 0),
  };
}
