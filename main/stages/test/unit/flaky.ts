import {
  sumTestReports,
  type TestCase,
  type TestReport,
  type TestSuite,
} from '#shared/reports/test-report.ts';
import { countCases } from './count-cases.ts';
import type { WantedCase } from './runner.ts';

type Failing = Pick<TestCase, 'status'>;

const isFailing = ({ status }: Failing): boolean => status === 'failed' || status === 'errored';

/** What tells a test from all others in the reports of one runner. */
const keyOf = (
  suite: Pick<TestSuite, 'name'>,
  { classname, name }: Pick<TestCase, 'classname' | 'name'>,
): string => JSON.stringify([suite.name, classname, name]);

/** The failing tests of a report, with what is needed to run them again. */
export const failingCases = (report: TestReport): readonly WantedCase[] =>
  report.suites.flatMap((suite) =>
    suite.cases.filter(isFailing).map(({ file, classname, name }) => ({
      file: file ?? suite.file,
      suite: suite.name,
      classname,
      name,
    })),
  );

/** The flaky tests of a report, by their names. */
export const flakyCases = (report: TestReport): readonly TestCase[] =>
  report.suites.flatMap(({ cases }) => cases.filter(({ flaky }) => flaky === true));

/**
 * A report after its failing tests were run again: those that passed are flaky and keep what they said when they failed;
 * the others stay as they are. What else ran does not count. Several tests of one name in a suite count as passed
 * only when all of them did.
 * @param attempt of the rerun; the first is 2
 */
export function mergeRerun(report: TestReport, rerun: TestReport, attempt: number): TestReport {
  const passed = new Map<string, boolean>();
  for (const suite of rerun.suites) {
    for (const one of suite.cases) {
      const key = keyOf(suite, one);
      if (one.status === 'skipped') continue;
      passed.set(key, (passed.get(key) ?? true) && one.status === 'passed');
    }
  }
  const suites = report.suites.map((suite) => {
    if (!suite.cases.some(isFailing)) return suite;
    const cases = suite.cases.map((one): TestCase => {
      const again = isFailing(one) ? passed.get(keyOf(suite, one)) : undefined;
      if (again === undefined) return one;
      return again
        ? { ...one, status: 'passed', flaky: true, attempts: attempt }
        : { ...one, attempts: attempt };
    });
    return { ...suite, ...countCases(cases), durationMs: suite.durationMs, cases };
  });
  return { ...sumTestReports(suites), suites };
}
