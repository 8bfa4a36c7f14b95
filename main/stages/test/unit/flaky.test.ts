import { expect, test } from 'vitest';
import {
  sumTestReports,
  type TestCase,
  type TestReport,
  type TestStatus,
} from '#shared/reports/test-report.ts';
import { countCases } from './count-cases.ts';
import { failingCases, flakyCases, mergeRerun } from './flaky.ts';

function report(cases: Readonly<Record<string, TestStatus>>): TestReport {
  const rest = {
    classname: 'c',
    file: 'a.js',
    line: null,
    durationMs: 1,
    details: null,
    stdout: null,
    stderr: null,
  };
  const all = Object.entries(cases).map(([name, status]): TestCase => ({
    ...rest,
    name,
    status,
    message: status,
  }));
  const suite = { name: 's', file: null, timestamp: null, cases: all, stdout: null, stderr: null };
  const suites = [{ ...countCases(all), ...suite }];
  return { ...sumTestReports(suites), suites };
}

test('what passes when it is run again is flaky, and keeps what it said', () => {
  const first = report({ a: 'passed', b: 'failed', c: 'errored' });
  expect(failingCases(first).map(({ name }) => name)).toEqual(['b', 'c']);
  const second = mergeRerun(first, report({ b: 'passed', c: 'failed' }), 2);
  expect(second).toMatchObject({ total: 3, passed: 2, failed: 0, errored: 1 });
  expect(flakyCases(second)).toMatchObject([{ name: 'b', status: 'passed', attempts: 2, message: 'failed' }]);
  const third = mergeRerun(second, report({ c: 'passed' }), 3);
  expect(third).toMatchObject({ passed: 3, errored: 0 });
  expect(flakyCases(third).map(({ attempts }) => attempts)).toEqual([2, 3]);
});

test('what was not run again, or skipped, stays as it was', () => {
  const first = report({ a: 'passed', b: 'failed' });
  expect(mergeRerun(first, report({ a: 'failed', b: 'skipped' }), 2)).toEqual(first);
});
