import { sumTestReports } from '#shared/reports/test-report.ts';
import type { TestCase, TestReport, TestSuite, TestSummary } from '#shared/reports/test-report.ts';
import { countOf, type XmlElement } from '../xml/xml-element.ts';
import { countCases } from './count-cases.ts';
import { buildCase, outputOf } from './junit-case.ts';
import { parseSeconds } from './seconds.ts';
import type { TextBudget } from './text-budget.ts';

interface Group {
  /** The suite itself, then those inside it; a suite without anything of its own is left out. */
  readonly suites: readonly TestSuite[];
  /** Of the suite with all that is inside it. */
  readonly durationMs: number;
}

export interface JUnitParts {
  /** The cases of each suite, which were read before its end. */
  casesOf(suite: XmlElement): readonly TestCase[];
  readonly budget: TextBudget;
  /** Names suites that have no name of their own. */
  readonly fallbackName: string;
}

/** Counts that a suite states of itself, for tools that leave the cases out. */
function statedCounts(element: XmlElement): TestSummary {
  const count = (name: string) => countOf(element, name) ?? 0;
  const total = count('tests');
  const errored = Math.min(count('errors'), total);
  const failed = Math.min(count('failures'), total - errored);
  const skipped = Math.min(count('skipped') || count('disabled'), total - errored - failed);
  return { total, passed: total - errored - failed - skipped, failed, errored, skipped, durationMs: 0 };
}

function buildGroup(element: XmlElement, outer: string | null, parts: JUnitParts): Group {
  const { budget, fallbackName } = parts;
  const { children } = element;
  const ownName = budget.name(element.attribute('name'));
  const name = [outer, ownName].filter((part) => part !== null).join(' > ') || fallbackName;
  const cases = [...parts.casesOf(element)];
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
    .map((child) => buildGroup(child, isWrapper ? null : ownName === null ? outer : name, parts));

  const counts = cases.length === 0 && inner.length === 0 ? statedCounts(element) : countCases(cases);
  const statedMs = isWrapper ? null : parseSeconds(element.attribute('time'));
  const ownMs = inner.length === 0 ? (statedMs ?? counts.durationMs) : counts.durationMs;
  const own: TestSuite = {
    ...counts,
    durationMs: ownMs,
    name,
    file: budget.shared(element.attribute('file') ?? element.attribute('filepath')),
    timestamp: budget.name(element.attribute('timestamp')),
    cases,
    stdout: outputOf(element, 'system-out', budget),
    stderr: outputOf(element, 'system-err', budget),
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

/** A `<testsuites>` or `<testsuite>` element in the normal form. */
export function buildSuites(root: XmlElement, parts: JUnitParts): TestReport {
  const { suites, durationMs } = buildGroup(root, null, parts);
  return { ...sumTestReports(suites), durationMs, suites: [...suites] };
}
