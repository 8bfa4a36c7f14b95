import { type TestCase, type TestReport, type TestStatus } from '#shared/reports/test-report.ts';
import { MAX_DETAILS_CHARS, MAX_NAME_CHARS } from '#shared/reports/test-report.ts';
import { countCases } from './count-cases.ts';

const RESULT = /^test (.+?)(?: - should panic)? \.\.\. (ok|FAILED|ignored)(?:, (.*))?$/;
const STATUS: Readonly<Record<string, TestStatus>> = { ok: 'passed', FAILED: 'failed', ignored: 'skipped' };

/** Reads what the test harness of Rust prints, of all crates together; it tells neither files nor times. */
export function readLibtest(text: string): TestReport {
  const details = failuresOf(text);
  const cases: TestCase[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, name, result, reason] = RESULT.exec(line) ?? [];
    if (name === undefined || result === undefined) continue;
    const why = details.get(name);
    cases.push({
      name: name.slice(0, MAX_NAME_CHARS),
      classname: null,
      file: null,
      line: null,
      status: STATUS[result]!,
      durationMs: 0,
      message: result === 'FAILED' ? (why?.split('\n')[0] ?? null) : (reason ?? null),
      details: result === 'FAILED' ? (why?.slice(0, MAX_DETAILS_CHARS) ?? null) : null,
      stdout: null,
      stderr: null,
    });
  }
  const counts = countCases(cases);
  const suite = { name: 'cargo test', file: null, timestamp: null, cases, stdout: null, stderr: null };
  return { ...counts, suites: cases.length === 0 ? [] : [{ ...counts, ...suite }] };
}

/** What failed tests printed, by name: blocks below `---- name stdout ----`, up to the next or to the summary. */
function failuresOf(text: string): ReadonlyMap<string, string> {
  const blocks = new Map<string, string>();
  let name: string | null = null;
  let lines: string[] = [];
  const close = (): void => {
    const block = lines.join('\n').trim();
    if (name !== null && block !== '') blocks.set(name, block);
    name = null;
    lines = [];
  };
  for (const line of text.split(/\r?\n/)) {
    const [, next] = /^---- (.+) stdout ----$/.exec(line) ?? [];
    if (next !== undefined) {
      close();
      name = next;
    } else if (line === 'failures:' || line.startsWith('test result:')) close();
    else if (name !== null) lines.push(line);
  }
  close();
  return blocks;
}
