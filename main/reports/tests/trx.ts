import { sumTestReports } from '#shared/reports/test-report.ts';
import type { TestCase, TestReport, TestStatus } from '#shared/reports/test-report.ts';
import type { XmlForm } from '../xml/build-tree.ts';
import { childOf, descend, textOf, type XmlElement } from '../xml/xml-element.ts';
import { suiteOf } from './count-cases.ts';
import { parseSeconds } from './seconds.ts';
import type { TextBudget } from './text-budget.ts';

const TEXTS: ReadonlySet<string> = new Set(['Message', 'StackTrace', 'StdOut', 'StdErr']);
const SKIPPED: ReadonlySet<string> = new Set([
  'TestSettings',
  'TestEntries',
  'TestLists',
  'ResultFiles',
  'ResultSummary',
]);
const STATUSES: Readonly<Record<string, TestStatus>> = {
  Passed: 'passed',
  PassedButRunAborted: 'passed',
  Warning: 'passed',
  Completed: 'passed',
  Failed: 'failed',
  NotExecuted: 'skipped',
  NotRunnable: 'skipped',
  Inconclusive: 'skipped',
  Disconnected: 'errored',
};

interface Result {
  readonly testId: string | null;
  readonly built: TestCase;
}

/** TRX, the XML of Visual Studio's and .NET's test runner: a suite for each class. */
export function trxForm(fallbackName: string, budget: TextBudget): XmlForm<TestReport> {
  const results: Result[] = [];
  const classes = new Map<string, string>();
  return {
    texts: TEXTS,
    skipped: SKIPPED,
    leave(element) {
      // Of a test that was tried with many data, the tries count and not the whole.
      if (element.name === 'UnitTestResult') {
        const isWhole = childOf(element, 'InnerResults') !== undefined;
        if (!isWhole) results.push({ testId: element.attribute('testId'), built: caseOf(element, budget) });
        return false;
      }
      if (element.name !== 'UnitTest') return true;
      const id = element.attribute('id');
      const className = childOf(element, 'TestMethod')?.attribute('className');
      // `Namespace.Class, Assembly, Version=…`
      if (id !== null && className) classes.set(id, className.split(',', 1)[0]!);
      return false;
    },
    finish(root) {
      const bySuite = new Map<string, TestCase[]>();
      for (const { testId, built } of results) {
        const classname = budget.shared(testId === null ? null : (classes.get(testId) ?? null));
        const name = classname ?? fallbackName;
        const cases = bySuite.get(name) ?? [];
        cases.push({ ...built, classname });
        bySuite.set(name, cases);
      }
      const timestamp = budget.name(childOf(root, 'Times')?.attribute('start') ?? null);
      const suites = Array.from(bySuite, ([name, cases]) => suiteOf(name, cases, { timestamp }));
      return { ...sumTestReports(suites), suites };
    },
  };
}

function caseOf(element: XmlElement, budget: TextBudget): TestCase {
  const output = childOf(element, 'Output');
  const error = descend(element, 'Output', 'ErrorInfo');
  const outcome = element.attribute('outcome');
  const trace = error === undefined ? null : textOf(error, 'StackTrace');
  const said = (name: string): string | null => {
    const text = output === undefined ? null : textOf(output, name);
    return text === null ? null : budget.output(text);
  };
  return {
    name: budget.name(element.attribute('testName')) ?? '(no name)',
    classname: null,
    file: null,
    line: null,
    // Where it is left out, the schema has `Error`; so are the rest, such as `Timeout` and `Aborted`.
    status: STATUSES[outcome ?? ''] ?? 'errored',
    durationMs: spanOf(element.attribute('duration')),
    message: budget.message((error === undefined ? null : textOf(error, 'Message')) ?? unusual(outcome)),
    details: trace === null ? null : budget.details(trace),
    stdout: said('StdOut'),
    stderr: said('StdErr'),
  };
}

const unusual = (outcome: string | null): string | null => (outcome === 'Passed' ? null : outcome);

/** `00:01:02.3456789` in milliseconds; 0 for anything else. */
function spanOf(text: string | null): number {
  const match = /^(?:(\d{1,6})\.)?(\d{1,2}):(\d{1,2}):(\d{1,2}(?:\.\d{1,9})?)$/.exec(text ?? '');
  if (match === null) return 0;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  const whole = (Number(days) * 24 + Number(hours)) * 3_600_000 + Number(minutes) * 60_000;
  return whole + (parseSeconds(seconds) ?? 0);
}
