import type {
  TestCase,
  TestReport,
  TestStatus,
  TestSuite,
  TestSummary,
} from '#shared/reports/test-report.ts';
import { PartWriter, type SplitReport } from './split.ts';

/** As the database counts them, from what says least to what is worst. */
export const STATUSES = ['skipped', 'passed', 'failed', 'errored'] as const satisfies readonly TestStatus[];

/** Of a message, lists have this much of its first line. */
const LISTED_MESSAGE_CHARS = 300;

type CaseRow = readonly [
  name: string,
  classname: string | null,
  file: string | null,
  line: number | null,
  status: number,
  durationMs: number,
  message: string | null,
  /** That has the rest of it; 0: this is all. */
  part: number,
  flaky?: 1,
];

interface SuiteRow extends Omit<TestSuite, 'cases' | 'stdout' | 'stderr'> {
  readonly cases: readonly CaseRow[];
  readonly part: number;
}

/** What a list leaves out of a case, or of a suite (`place` null). */
interface Rest {
  readonly suite: number;
  readonly place: number | null;
  readonly message?: string | null;
  readonly details?: string | null;
  readonly stdout: string | null;
  readonly stderr: string | null;
  readonly attempts?: number;
}

/** A case in a list; `part` of it has the rest, 0: there is none. */
export interface StoredCase extends Pick<
  TestCase,
  'name' | 'classname' | 'file' | 'line' | 'status' | 'durationMs' | 'message'
> {
  readonly flaky: boolean;
  readonly part: number;
}
export interface StoredSuite extends Omit<SuiteRow, 'cases'> {
  readonly cases: readonly StoredCase[];
}

export function splitTests({ suites, ...summary }: TestReport): SplitReport {
  const rests = new PartWriter<Rest>();
  const list = suites.map(({ cases, stdout, stderr, ...suite }, suiteIndex): SuiteRow => {
    const output = { suite: suiteIndex, place: null, stdout, stderr };
    const part = stdout === null && stderr === null ? 0 : rests.add(output, charsOf(stdout, stderr));
    return { ...suite, part, cases: cases.map((test, place) => rowOf(test, suiteIndex, place, rests)) };
  });
  return { head: summary, parts: [list, ...rests.parts] };
}

function rowOf(test: TestCase, suite: number, place: number, rests: PartWriter<Rest>): CaseRow {
  const { name, classname, file, line, status, durationMs, message, details, stdout, stderr, attempts } =
    test;
  const listed = listedMessage(message);
  const isAll = listed === message && details === null && stdout === null && stderr === null;
  const rest = { suite, place, message, details, stdout, stderr, ...(attempts && { attempts }) };
  const part = isAll && !attempts ? 0 : rests.add(rest, charsOf(message, details, stdout, stderr));
  const row = [name, classname, file, line, STATUSES.indexOf(status), durationMs, listed, part] as const;
  return test.flaky ? [...row, 1] : row;
}

/** What lists show of a message. */
export function listedMessage(message: string | null): string | null {
  if (message === null) return null;
  const end = message.indexOf('\n');
  return message.slice(0, Math.min(end === -1 ? message.length : end, LISTED_MESSAGE_CHARS));
}

const charsOf = (...texts: readonly (string | null)[]): number =>
  texts.reduce((sum, text) => sum + (text?.length ?? 0), 40);

/** @param list part 0 */
export function listedSuites(list: unknown): StoredSuite[] {
  return (list as readonly SuiteRow[]).map((suite) => ({ ...suite, cases: suite.cases.map(storedCase) }));
}

function storedCase(row: CaseRow): StoredCase {
  const [name, classname, file, line, status, durationMs, message, part, flaky] = row;
  return {
    ...{ name, classname, file, line, durationMs, message, part },
    status: STATUSES[status] ?? 'errored',
    flaky: flaky === 1,
  };
}

/** @param part the one that the case names; null: it names none */
export function wholeCase(listed: StoredCase, part: unknown, suite: number, place: number): TestCase {
  const rest = (part as readonly Rest[] | null)?.find((one) => one.suite === suite && one.place === place);
  return join(listed, rest);
}

function join(listed: StoredCase, rest: Rest | undefined): TestCase {
  const { name, classname, file, line, status, durationMs, message, flaky } = listed;
  return {
    ...{ name, classname, file, line, status, durationMs },
    message: rest?.message ?? message,
    details: rest?.details ?? null,
    stdout: rest?.stdout ?? null,
    stderr: rest?.stderr ?? null,
    ...(flaky ? { flaky } : {}),
    ...(rest?.attempts === undefined ? {} : { attempts: rest.attempts }),
  };
}

export function joinTests(head: unknown, [list, ...parts]: readonly unknown[]): TestReport {
  const rests = new Map<string, Rest>();
  for (const rest of (parts as readonly (readonly Rest[])[]).flat())
    rests.set(`${rest.suite} ${rest.place}`, rest);
  const suites = (list as readonly SuiteRow[]).map(({ part, cases, ...suite }, index): TestSuite => {
    const output = part === 0 ? undefined : rests.get(`${index} null`);
    return {
      ...suite,
      cases: cases.map((row, place) => join(storedCase(row), rests.get(`${index} ${place}`))),
      stdout: output?.stdout ?? null,
      stderr: output?.stderr ?? null,
    };
  });
  return { ...(head as TestSummary), suites };
}
