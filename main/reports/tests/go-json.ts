import type { Issue } from '#shared/lib/issue.ts';
import { sumTestReports } from '#shared/reports/test-report.ts';
import type { TestCase, TestReport, TestSuite } from '#shared/reports/test-report.ts';
import { createBreather } from '../breather.ts';
import { reportIssue } from '../report-issue.ts';
import { decodeText } from '../text/decode-bytes.ts';
import { suiteOf } from './count-cases.ts';
import { readGoEvent, type GoEvent } from './go-event.ts';
import type { TextBudget } from './text-budget.ts';

const MAX_CASES = 1_000_000;
/** The end of what a test printed, of which the report keeps less. */
const MAX_HELD_CHARS = 200_000;
/** How Go before 1.24 tells of a package that it could not build: among the events, and not as one. */
const UNBUILT = /^FAIL\t(\S+) \[(?:build|setup) failed\]/;
const PROLOG_BYTES = 4_096;

interface GoTest {
  ended: 'pass' | 'fail' | 'skip' | null;
  seconds: number;
  output: string;
}

interface GoPackage extends GoTest {
  readonly tests: Map<string, GoTest>;
  /** A failed build says what is wrong under the name of the build. */
  build: string | null;
}

/** Whether this looks like what `go test -json` prints. */
export function isGoJson(bytes: Uint8Array): boolean {
  const start = decodeText(bytes.subarray(0, PROLOG_BYTES));
  return (
    start.split('\n').some((line) => readGoEvent(line) !== null) || /^\s*\{[^}]*"Action"\s*:/.test(start)
  );
}

/** Reads what `go test -json` prints: a suite for each package, subtests and those around them as cases of their own. */
export async function parseGoTests(
  bytes: Uint8Array,
  file: string,
  budget: TextBudget,
  signal: AbortSignal,
): Promise<{ readonly value: TestReport } | { readonly issue: Issue }> {
  const text = decodeText(bytes);
  const breather = createBreather(signal);
  const packages = new Map<string, GoPackage>();
  const builds = new Map<string, string>();
  let cases = 0;
  let line = 0;
  let plain = '';
  for (let at = 0; at < text.length;) {
    line += 1;
    const end = text.indexOf('\n', at);
    const next = end === -1 ? text.length : end;
    const source = text.slice(at, next);
    at = next + 1;
    const event = readGoEvent(source);
    if (event === null) {
      // Its lines may be mixed with those of a compiler; one that is cut off ends the report.
      if (end === -1 && source.startsWith('{')) {
        const message = `The report is cut off: its last line is no whole event.`;
        return {
          issue: reportIssue(file, 'report-broken-json', message, {
            line,
            column: 1,
            hint: 'the test tool was probably stopped while it wrote the file',
          }),
        };
      }
      const broken = UNBUILT.exec(source)?.[1];
      if (broken === undefined) plain = `${plain}${source}\n`.slice(-MAX_HELD_CHARS);
      else {
        note(packages, { Action: 'fail', FailedBuild: broken }, broken);
        builds.set(broken, plain);
        plain = '';
      }
    } else if (event.Action === 'build-output') {
      const path = event.ImportPath ?? '';
      builds.set(path, `${builds.get(path) ?? ''}${event.Output ?? ''}`.slice(-MAX_HELD_CHARS));
    } else if (event.Package !== undefined) {
      cases += note(packages, event, event.Package);
      if (cases > MAX_CASES) {
        const message = `The report has more than ${MAX_CASES.toLocaleString('en')} tests.`;
        return { issue: reportIssue(file, 'report-too-large', message, { line, column: 1 }) };
      }
    }
    await breather.rest();
  }
  const suites = Array.from(packages, ([name, each]) => suiteOfPackage(name, each, builds, budget));
  return { value: { ...sumTestReports(suites), suites } };
}

/** @returns how many tests the report has more than before */
function note(packages: Map<string, GoPackage>, event: GoEvent, name: string): number {
  let found = packages.get(name);
  if (found === undefined) {
    found = { ...newTest(), tests: new Map(), build: null };
    packages.set(name, found);
  }
  if (event.FailedBuild !== undefined) found.build = event.FailedBuild;
  let test: GoTest | undefined = event.Test === undefined ? found : found.tests.get(event.Test);
  const isNew = test === undefined;
  if (test === undefined) {
    test = newTest();
    found.tests.set(event.Test!, test);
  }
  if (event.Action === 'output') test.output = `${test.output}${event.Output ?? ''}`;
  else if (event.Action === 'pass' || event.Action === 'fail' || event.Action === 'skip') {
    test.ended = event.Action;
    test.seconds = event.Elapsed ?? 0;
  }
  if (test.output.length > 2 * MAX_HELD_CHARS) test.output = test.output.slice(-MAX_HELD_CHARS);
  return isNew ? 1 : 0;
}

const newTest = (): GoTest => ({ ended: null, seconds: 0, output: '' });

function suiteOfPackage(
  name: string,
  found: GoPackage,
  builds: ReadonlyMap<string, string>,
  budget: TextBudget,
): TestSuite {
  const shown = budget.shared(name) ?? '(no name)';
  const cases = Array.from(found.tests, ([test, each]) => caseOf(test, each, shown, budget));
  const isFine = cases.every(({ status }) => status === 'passed' || status === 'skipped');
  if (found.ended === null || (found.ended === 'fail' && isFine)) {
    const built = found.build === null ? '' : (builds.get(found.build) ?? '');
    const whole: GoTest = { ...found, output: `${built}${found.output}`, seconds: 0 };
    const message =
      found.build !== null
        ? 'The package could not be built.'
        : found.ended === null
          ? 'The tests of the package did not end.'
          : 'The package failed outside of its tests.';
    cases.push({
      ...caseOf(`${shown} (the package itself)`, whole, shown, budget),
      status: 'errored',
      message,
    });
  }
  return suiteOf(shown, cases, { durationMs: Math.round(found.seconds * 1_000) });
}

function caseOf(name: string, test: GoTest, classname: string, budget: TextBudget): TestCase {
  const lines = test.output
    .split('\n')
    .filter((line) => !/^\s*(?:=== (?:RUN|PAUSE|CONT|NAME)|--- (?:PASS|FAIL|SKIP):)/.test(line));
  const said = lines.join('\n').trim();
  const place = /^\s*([^\s:]+\.go):(\d+):\s?(.*)$/m.exec(said);
  const status =
    test.ended === null
      ? 'errored'
      : test.ended === 'fail'
        ? 'failed'
        : test.ended === 'skip'
          ? 'skipped'
          : 'passed';
  const isBad = status === 'failed' || status === 'errored';
  const message =
    test.ended === null ? 'The test did not end.' : ((place?.[3] || said.split('\n', 1)[0]) ?? null);
  return {
    name: budget.name(name) ?? '(no name)',
    classname,
    file: null,
    line: null,
    status,
    durationMs: Math.round(test.seconds * 1_000),
    message: status === 'passed' || !message ? null : budget.message(message),
    details: isBad && said !== message ? budget.details(said) : null,
    stdout: isBad ? null : budget.output(said),
    stderr: null,
  };
}
