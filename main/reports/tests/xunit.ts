import { sumTestReports } from '#shared/reports/test-report.ts';
import type { TestCase, TestReport, TestStatus } from '#shared/reports/test-report.ts';
import type { XmlForm } from '../xml/build-tree.ts';
import { childOf, textOf, type XmlElement } from '../xml/xml-element.ts';
import { suiteOf } from './count-cases.ts';
import { parseSeconds } from './seconds.ts';
import type { TextBudget } from './text-budget.ts';

const TEXTS: ReadonlySet<string> = new Set(['message', 'stack-trace', 'reason', 'output']);
const SKIPPED: ReadonlySet<string> = new Set(['traits', 'attachments', 'warnings']);
const STATUSES: Readonly<Record<string, TestStatus>> = {
  Pass: 'passed',
  Fail: 'failed',
  Skip: 'skipped',
  NotRun: 'skipped',
};

/** The XML of xUnit.net, versions 2 and 3: a suite for each collection of tests. */
export function xunitForm(fallbackName: string, budget: TextBudget): XmlForm<TestReport> {
  const cases = new Map<XmlElement, TestCase[]>();
  return {
    texts: TEXTS,
    skipped: SKIPPED,
    leave(element, parent) {
      if (element.name !== 'test') return true;
      const built = caseOf(element, budget);
      const known = cases.get(parent);
      if (known) known.push(built);
      else cases.set(parent, [built]);
      return false;
    },
    finish(root) {
      const assemblies =
        root.name === 'assembly' ? [root] : root.children.filter(({ name }) => name === 'assembly');
      const suites = assemblies.flatMap((assembly) => {
        const file = assembly.attribute('name') ?? fallbackName;
        const outer = budget.name(file.split(/[/\\]/).at(-1)!)!;
        const own = assembly.children
          .filter(({ name }) => name === 'collection')
          .map((collection) => {
            const name = [outer, budget.name(collection.attribute('name'))].filter(Boolean).join(' > ');
            const durationMs = parseSeconds(collection.attribute('time'));
            return suiteOf(name, cases.get(collection) ?? [], durationMs === null ? {} : { durationMs });
          });
        const errors = (childOf(assembly, 'errors')?.children ?? []).map((error) => errorOf(error, budget));
        return errors.length === 0 ? own : [...own, suiteOf(outer, errors)];
      });
      return { ...sumTestReports(suites), suites };
    },
  };
}

function caseOf(element: XmlElement, budget: TextBudget): TestCase {
  const failure = childOf(element, 'failure');
  const message = failure === undefined ? textOf(element, 'reason') : textOf(failure, 'message');
  const trace = failure === undefined ? null : textOf(failure, 'stack-trace');
  const output = textOf(element, 'output');
  const line = Number(element.attribute('source-line') ?? Number.NaN);
  return {
    name: budget.name(element.attribute('name')) ?? '(no name)',
    classname: budget.shared(element.attribute('type')),
    file: budget.shared(element.attribute('source-file')),
    line: Number.isSafeInteger(line) && line >= 1 ? line : null,
    status: STATUSES[element.attribute('result') ?? ''] ?? (failure === undefined ? 'passed' : 'failed'),
    durationMs: parseSeconds(element.attribute('time')) ?? 0,
    message: budget.message(message ?? failure?.attribute('exception-type') ?? null),
    details: trace === null ? null : budget.details(trace),
    stdout: output === null ? null : budget.output(output),
    stderr: null,
  };
}

/** What failed outside of tests, such as the clean-up of a collection. */
function errorOf(error: XmlElement, budget: TextBudget): TestCase {
  const what = [error.attribute('type'), error.attribute('name')].filter((part) => part !== null).join(': ');
  const built = caseOf(error, budget);
  return { ...built, name: budget.name(what) ?? '(the assembly itself)', status: 'errored' };
}
