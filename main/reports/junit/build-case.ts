import {
  MAX_DETAILS_CHARS,
  MAX_MESSAGE_CHARS,
  MAX_NAME_CHARS,
  MAX_OUTPUT_CHARS,
  MAX_REPORT_TEXT_CHARS,
} from '#shared/reports/test-report.ts';
import type { TestCase, TestStatus } from '#shared/reports/test-report.ts';
import { parseSeconds } from './seconds.ts';
import type { XmlElement } from './xml-element.ts';
import { cleanText, clipText } from './xml-text.ts';

/** What is left of a report's allowance for long texts; shared by all cases of a file. */
export interface TextBudget {
  detailsChars: number;
  outputChars: number;
  /** True once a text was left out for want of allowance. */
  spent: boolean;
}

export function textBudget(): TextBudget {
  return { detailsChars: MAX_REPORT_TEXT_CHARS, outputChars: MAX_REPORT_TEXT_CHARS, spent: false };
}

/** Worst first: a case with several results counts as the worst of them. */
const RESULTS = [
  ['error', 'errored'],
  ['failure', 'failed'],
  ['skipped', 'skipped'],
] as const satisfies readonly (readonly [string, TestStatus])[];
const FLAKY = ['flakyError', 'flakyFailure'];
const NOT_RUN = new Set(['notrun', 'skipped', 'disabled', 'suppressed', 'ignored']);

export function cleanName(text: string | null): string | null {
  return text === null ? null : clipText(cleanText(text), MAX_NAME_CHARS, 'start');
}

function spend(budget: TextBudget, kind: 'detailsChars' | 'outputChars', text: string): string | null {
  if (text.trim() === '') return null;
  if (text.length > budget[kind]) {
    budget.spent = true;
    return null;
  }
  budget[kind] -= text.length;
  return text;
}

/** The text of all `system-out` (or `system-err`) among an element's children. */
export function outputOf(children: readonly XmlElement[], name: string, budget: TextBudget): string | null {
  const parts = children
    .filter((child) => child.name === name)
    .map((child) => cleanText(child.text()).trim());
  return spend(budget, 'outputChars', clipText(parts.join('\n'), MAX_OUTPUT_CHARS, 'end'));
}

function statusOf(element: XmlElement, children: readonly XmlElement[]): TestStatus {
  for (const [name, status] of RESULTS) {
    if (children.some((child) => child.name === name)) return status;
  }
  const marks = [element.attribute('status'), element.attribute('result')];
  return marks.some((mark) => mark !== null && NOT_RUN.has(mark.toLowerCase())) ? 'skipped' : 'passed';
}

/** A result in words: the message if there is one, else the first line of the text or the type. */
function messageOf(result: XmlElement, text: string): string | null {
  const message = result.attribute('message') ?? (text.trim().split('\n', 1)[0] || result.attribute('type'));
  return message ? clipText(cleanText(message), MAX_MESSAGE_CHARS, 'start') : null;
}

/** A `<testcase>` in the normal form. */
export function buildCase(element: XmlElement, budget: TextBudget): TestCase {
  const children = element.children();
  const status = statusOf(element, children);
  const names = status === 'passed' ? FLAKY : RESULTS.map(([name]) => name);
  const results = names.flatMap((name) => children.filter((child) => child.name === name));
  const texts = results.map((result) => cleanText(result.text()).trim());
  const first = results[0] ? messageOf(results[0], texts[0]!) : null;
  const line = Number(element.attribute('line') ?? element.attribute('lineno') ?? Number.NaN);
  const details = clipText(texts.filter((text) => text !== '').join('\n\n'), MAX_DETAILS_CHARS, 'start');
  return {
    name: cleanName(element.attribute('name')) ?? '(no name)',
    classname: cleanName(element.attribute('classname') ?? element.attribute('class')),
    file: cleanName(element.attribute('file') ?? element.attribute('filepath')),
    line: Number.isInteger(line) && line >= 1 ? line : null,
    status,
    durationMs: parseSeconds(element.attribute('time')) ?? 0,
    message:
      status === 'passed' && results.length > 0
        ? `Passed after ${results.length} failed: ${first ?? ''}`
        : first,
    details: details === first ? null : spend(budget, 'detailsChars', details),
    stdout: outputOf(children, 'system-out', budget),
    stderr: outputOf(children, 'system-err', budget),
  };
}
