import { expect, test } from 'vitest';
import { mergeTestReports, sumTestReports, testReportSchema } from './test-report.ts';
import type { TestReport } from './test-report.ts';

function report(name: string, passed: number, failed: number): TestReport {
  const counts = { total: passed + failed, passed, failed, errored: 0, skipped: 0, durationMs: 10 };
  const rest = { file: null, timestamp: null, cases: [], stdout: null, stderr: null };
  return { ...counts, suites: [{ ...counts, name, ...rest }] };
}

test('the sum of no reports is zero', () => {
  expect(sumTestReports([])).toEqual({
    total: 0,
    passed: 0,
    failed: 0,
    errored: 0,
    skipped: 0,
    durationMs: 0,
  });
});

test('merging adds the counts and keeps every suite in order', () => {
  const merged = mergeTestReports([report('a', 2, 1), report('b', 3, 0)]);
  expect(merged).toMatchObject({ total: 6, passed: 5, failed: 1, durationMs: 20 });
  expect(merged.suites.map((suite) => suite.name)).toEqual(['a', 'b']);
});

test('the schema accepts what it describes and refuses a negative count', () => {
  expect(testReportSchema.safeParse(report('a', 1, 0)).success).toBe(true);
  expect(testReportSchema.safeParse({ ...report('a', 1, 0), total: -1 }).success).toBe(false);
});
