import type { TestCase, TestReport } from '#shared/reports/test-report.ts';
import type { XmlForm } from '../xml/build-tree.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import { buildCase } from './junit-case.ts';
import { buildSuites } from './junit-suites.ts';
import type { TextBudget } from './text-budget.ts';

const TEXTS: ReadonlySet<string> = new Set([
  'failure',
  'error',
  'skipped',
  'system-out',
  'system-err',
  'flakyFailure',
  'flakyError',
]);
const SKIPPED: ReadonlySet<string> = new Set(['properties']);

/**
 * JUnit XML in whatever dialect its tool speaks.
 * @param fallbackName names suites that have no name of their own
 */
export function junitForm(fallbackName: string, budget: TextBudget): XmlForm<TestReport> {
  const cases = new Map<XmlElement, TestCase[]>();
  return {
    texts: TEXTS,
    skipped: SKIPPED,
    leave(element, parent) {
      if (element.name !== 'testcase') return true;
      const known = cases.get(parent);
      if (known) known.push(buildCase(element, budget));
      else cases.set(parent, [buildCase(element, budget)]);
      return false;
    },
    finish: (root) => buildSuites(root, { casesOf: (suite) => cases.get(suite) ?? [], budget, fallbackName }),
  };
}
