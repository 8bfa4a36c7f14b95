import type { Issue } from '#shared/lib/issue.ts';
import type { TestReport } from '#shared/reports/test-report.ts';
import { reportIssue, tooLarge } from '../report-issue.ts';
import type { XmlForm } from '../xml/build-tree.ts';
import { readXml } from '../xml/read-xml.ts';
import { isGoJson, parseGoTests } from './go-json.ts';
import { junitForm } from './junit.ts';
import { nunitForm } from './nunit.ts';
import { createTextBudget, type TextBudget } from './text-budget.ts';
import { trxForm } from './trx.ts';
import { xunitForm } from './xunit.ts';

/** By root element. */
const DIALECTS: Readonly<Record<string, (file: string, budget: TextBudget) => XmlForm<TestReport>>> = {
  testsuites: junitForm,
  testsuite: junitForm,
  assemblies: xunitForm,
  assembly: xunitForm,
  'test-run': nunitForm,
  TestRun: trxForm,
};

/** Reports of other tools that people hand over as tests, by their root element. */
const OTHER_FORMATS: Readonly<Record<string, string>> = {
  'testng-results': 'a TestNG report',
  'test-results': 'a report of NUnit 2',
  coverage: 'a coverage report',
  report: 'a coverage report',
  checkstyle: 'a Checkstyle report',
  bom: 'a bill of materials',
  html: 'a web page',
};

export interface ParsedTests {
  /** Null when the file was refused; `issues` then says why. */
  readonly report: TestReport | null;
  readonly issues: readonly Issue[];
}

/**
 * Reads a report of tests: JUnit XML in any dialect, xUnit.net, NUnit 3, TRX, or what `go test -json` prints. A file that
 * cannot be read is one issue of severity `error`. Takes time in proportion to the file, of which at most
 * `MAX_REPORT_BYTES` are accepted, and lets the event loop work meanwhile. Rejects with the signal's reason only.
 * @param file names the report in issues and, where a tool gave no name, its suite
 */
export async function parseTests(bytes: Uint8Array, file: string, signal: AbortSignal): Promise<ParsedTests> {
  const budget = createTextBudget();
  const large = tooLarge(bytes, file);
  const result =
    large !== null
      ? { issue: large }
      : isGoJson(bytes)
        ? await parseGoTests(bytes, file, budget, signal)
        : await readXml(bytes, file, (root) => dialectOf(root, file, budget), signal);
  if ('issue' in result) return { report: null, issues: [result.issue] };
  const message = 'The report holds more text than is kept: details or output of some tests are left out.';
  return {
    report: result.value,
    issues: budget.isSpent ? [reportIssue(file, 'report-truncated', message, { severity: 'warning' })] : [],
  };
}

function dialectOf(
  root: string,
  file: string,
  budget: TextBudget,
): XmlForm<TestReport> | { readonly issue: Issue } {
  if (Object.hasOwn(DIALECTS, root)) return DIALECTS[root]!(file, budget);
  const known = Object.hasOwn(OTHER_FORMATS, root)
    ? OTHER_FORMATS[root]
    : 'no report of tests that is known here';
  const message = `This is ${known}: its root element is <${root.slice(0, 100)}>.`;
  return {
    issue: reportIssue(file, 'report-not-tests', message, {
      hint: 'JUnit, xUnit.net, NUnit 3, TRX and `go test -json` are read',
    }),
  };
}
