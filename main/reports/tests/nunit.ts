import { sumTestReports } from '#shared/reports/test-report.ts';
import type { TestCase, TestReport, TestStatus, TestSuite } from '#shared/reports/test-report.ts';
import type { XmlForm } from '../xml/build-tree.ts';
import { childOf, textOf, type XmlElement } from '../xml/xml-element.ts';
import { suiteOf } from './count-cases.ts';
import { parseSeconds } from './seconds.ts';
import type { TextBudget } from './text-budget.ts';

const TEXTS: ReadonlySet<string> = new Set(['message', 'stack-trace', 'output']);
const SKIPPED: ReadonlySet<string> = new Set([
  'properties',
  'settings',
  'environment',
  'filter',
  'assertions',
  'attachments',
]);
const STATUSES: Readonly<Record<string, TestStatus>> = {
  Passed: 'passed',
  Warning: 'passed',
  Failed: 'failed',
  Skipped: 'skipped',
  Inconclusive: 'skipped',
};

/** The XML of NUnit 3: a suite for each `<test-suite>` that has cases itself. */
export function nunitForm(fallbackName: string, budget: TextBudget): XmlForm<TestReport> {
  const cases = new Map<XmlElement, TestCase[]>();

  function suitesIn(element: XmlElement): readonly TestSuite[] {
    const name = budget.name(element.attribute('fullname') ?? element.attribute('name')) ?? fallbackName;
    const own = cases.get(element) ?? [];
    const inner = element.children.filter((child) => child.name === 'test-suite').flatMap(suitesIn);
    // A fixture whose set-up failed: its cases may all be missing.
    const isBroken = element.name === 'test-suite' && element.attribute('result') === 'Failed';
    if (isBroken && own.every(isFine) && inner.every((suite) => suite.failed + suite.errored === 0)) {
      own.push({
        ...caseOf(element, budget),
        name: `${name} (the suite itself)`,
        status: 'errored',
        durationMs: 0,
      });
    }
    if (own.length === 0) return inner;
    const durationMs = parseSeconds(element.attribute('duration'));
    const timestamp = budget.name(element.attribute('start-time'));
    const suite = suiteOf(name, own, { timestamp, ...(durationMs !== null && { durationMs }) });
    return [suite, ...inner];
  }

  return {
    texts: TEXTS,
    skipped: SKIPPED,
    leave(element, parent) {
      if (element.name !== 'test-case') return true;
      const built = caseOf(element, budget);
      const known = cases.get(parent);
      if (known) known.push(built);
      else cases.set(parent, [built]);
      return false;
    },
    finish(root) {
      const suites = [...suitesIn(root)];
      const sum = sumTestReports(suites);
      return { ...sum, durationMs: parseSeconds(root.attribute('duration')) ?? sum.durationMs, suites };
    },
  };
}

const isFine = ({ status }: TestCase): boolean => status === 'passed' || status === 'skipped';

function caseOf(element: XmlElement, budget: TextBudget): TestCase {
  const failure = childOf(element, 'failure');
  const about = failure ?? childOf(element, 'reason');
  const trace = about === undefined ? null : textOf(about, 'stack-trace');
  const output = textOf(element, 'output');
  const status = STATUSES[element.attribute('result') ?? ''] ?? (failure === undefined ? 'passed' : 'failed');
  const label = element.attribute('label');
  return {
    name: budget.name(element.attribute('name')) ?? '(no name)',
    classname: budget.shared(element.attribute('classname')),
    file: null,
    line: null,
    status: status === 'failed' && (label === 'Error' || label === 'Invalid') ? 'errored' : status,
    durationMs: parseSeconds(element.attribute('duration')) ?? 0,
    message: budget.message(
      (about === undefined ? null : textOf(about, 'message')) ?? (failure ? label : null),
    ),
    details: trace === null ? null : budget.details(trace),
    stdout: output === null ? null : budget.output(output),
    stderr: null,
  };
}
