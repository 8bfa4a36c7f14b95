import type { TestCase, TestStatus } from '#shared/reports/test-report.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import { parseSeconds } from './seconds.ts';
import type { TextBudget } from './text-budget.ts';

/** Worst first: a case with several results counts as the worst of them. */
const RESULTS = [
  ['error', 'errored'],
  ['failure', 'failed'],
  ['skipped', 'skipped'],
] as const satisfies readonly (readonly [string, TestStatus])[];
const FLAKY = ['flakyError', 'flakyFailure'];
const RERUNS = new Set([...FLAKY, 'rerunFailure', 'rerunError']);
const NOT_RUN = new Set(['notrun', 'skipped', 'disabled', 'suppressed', 'ignored']);

/** The text of all `system-out` (or `system-err`) among an element's children. */
export function outputOf({ children }: XmlElement, name: string, budget: TextBudget): string | null {
  const parts = children.filter((child) => child.name === name).map((child) => child.text.trim());
  return parts.length === 0 ? null : budget.output(parts.join('\n'));
}

function statusOf(element: XmlElement): TestStatus {
  for (const [name, status] of RESULTS) {
    if (element.children.some((child) => child.name === name)) return status;
  }
  const marks = [element.attribute('status'), element.attribute('result')];
  return marks.some((mark) => mark !== null && NOT_RUN.has(mark.toLowerCase())) ? 'skipped' : 'passed';
}

/** A result in words: the message if there is one, else the first line of the text or the type. */
function messageOf(result: XmlElement, budget: TextBudget): string | null {
  const text =
    result.attribute('message') ?? (result.text.trim().split('\n', 1)[0] || result.attribute('type'));
  return text ? budget.message(text) : null;
}

/** A `<testcase>` in the normal form. */
export function buildCase(element: XmlElement, budget: TextBudget): TestCase {
  const { children } = element;
  const status = statusOf(element);
  const names = children.length === 0 ? [] : status === 'passed' ? FLAKY : RESULTS.map(([name]) => name);
  const results = names.flatMap((name) => children.filter((child) => child.name === name));
  const texts = results.map((result) => result.text.trim()).filter((text) => text !== '');
  const first = results[0] ? messageOf(results[0], budget) : null;
  const line = Number(element.attribute('line') ?? element.attribute('lineno') ?? Number.NaN);
  const reruns = children.filter((child) => RERUNS.has(child.name)).length;
  const all = texts.join('\n\n');
  return {
    name: budget.name(element.attribute('name')) ?? '(no name)',
    classname: budget.shared(element.attribute('classname') ?? element.attribute('class')),
    file: budget.shared(element.attribute('file') ?? element.attribute('filepath')),
    line: Number.isSafeInteger(line) && line >= 1 ? line : null,
    status,
    durationMs: parseSeconds(element.attribute('time')) ?? 0,
    message: first,
    details: all === '' || all === first ? null : budget.details(all),
    stdout: outputOf(element, 'system-out', budget),
    stderr: outputOf(element, 'system-err', budget),
    ...(status === 'passed' && results.length > 0 && { flaky: true as const }),
    ...(reruns > 0 && { attempts: reruns + 1 }),
  };
}
