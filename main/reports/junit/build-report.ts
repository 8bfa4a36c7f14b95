import { sumTestReports } from '#shared/reports/test-report.ts';
import type {
  TestCase,
  TestReport,
  TestStatus,
  TestSuite,
  TestSummary,
} from '#shared/reports/test-report.ts';
import { buildCase, cleanName, outputOf, textBudget } from './build-case.ts';
import type { TextBudget } from './build-case.ts';
import { parseSeconds } from './seconds.ts';
import type { XmlElement } from './xml-element.ts';

interface Group {
  /** The suite itself, then those inside it; a suite without anything of its own is left out. */
  readonly suites: readonly TestSuite[];
  /** Of the suite with all that is inside it. */
  readonly durationMs: number;
}

function countCases(cases: readonly TestCase[]): TestSummary {
  const of = (status: TestStatus) => cases.filter((testCase) => testCase.status === status).length;
  return {
    total: cases.length,
    passed: of('passed'),
    failed: of('failed'),
    errored: of('errored'),
    skipped: of('skipped'),
    durationMs: cases.reduce((sum, testCase) => sum + testCase.durationMs, 0),
  };
}

/** Counts that a suite states of itself, for tools that leave the cases out. */
function statedCounts(element: XmlElement): TestSummary {
  const count = (name: string) => {
    const value = Number(element.attribute(name) ?? 0);
    return Number.isSafeInteger(value) && value > 0 ? value : 0;
  };
  const total = count('tests');
  const errored = Math.min(count('errors'), total);
  const failed = Math.min(count('failures'), total - errored);
  const skipped = Math.min(count('skipped') || count('disabled'), total - errored - failed);
  return { total, passed: total - errored - failed - skipped, failed, errored, skipped, durationMs: 0 };
}

function buildGroup(
  element: XmlElement,
  outer: string | null,
  fallbackName: string,
  budget: TextBudget,
): Group {
  const children = element.children();
  const ownName = cleanName(element.attribute('name'));
  const name = [outer, ownName].filter((part) => part !== null).join(' > ') || fallbackName;
  const cases = children
    .filter((child) => child.name === 'testcase')
    .map((child) => buildCase(child, budget));
  // A suite that failed outside of any case (in its set-up, say) must not look as if nothing had happened.
  if (children.some((child) => child.name === 'error' || child.name === 'failure')) {
    cases.push({
      ...buildCase(element, budget),
      name: `${name} (the suite itself)`,
      durationMs: 0,
      stdout: null,
      stderr: null,
    });
  }
  const isWrapper = element.name === 'testsuites';
  const inner = children
    .filter((child) => child.name === 'testsuite' || child.name === 'testsuites')
    .map((child) =>
      buildGroup(child, isWrapper ? null : ownName === null ? outer : name, fallbackName, budget),
    );

  const counts = cases.length === 0 && inner.length === 0 ? statedCounts(element) : countCases(cases);
  const statedMs = isWrapper ? null : parseSeconds(element.attribute('time'));
  const ownMs = inner.length === 0 ? (statedMs ?? counts.durationMs) : counts.durationMs;
  const own: TestSuite = {
    ...counts,
    durationMs: ownMs,
    name,
    file: cleanName(element.attribute('file') ?? element.attribute('filepath')),
    timestamp: cleanName(element.attribute('timestamp')),
    cases,
    stdout: outputOf(children, 'system-out', budget),
    stderr: outputOf(children, 'system-err', budget),
  };
  const says = own.total > 0 || own.stdout !== null || own.stderr !== null;
  const isListed = says || (!isWrapper && inner.length === 0);
  return {
    suites: [...(isListed ? [own] : []), ...inner.flatMap((group) => group.suites)],
    durationMs:
      inner.length > 0 && statedMs !== null
        ? statedMs
        : ownMs + inner.reduce((sum, group) => sum + group.durationMs, 0),
  };
}

/**
 * A `<testsuites>` or `<testsuite>` element in the normal form.
 * @param fallbackName names suites that have no name of their own
 */
export function buildReport(
  root: XmlElement,
  fallbackName: string,
): { report: TestReport; isClipped: boolean } {
  const budget = textBudget();
  const { suites, durationMs } = buildGroup(root, null, fallbackName, budget);
  return { report: { ...sumTestReports(suites), durationMs, suites: [...suites] }, isClipped: budget.spent };
}
