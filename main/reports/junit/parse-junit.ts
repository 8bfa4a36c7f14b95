import type { Issue } from '#shared/lib/issue.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { TestReport } from '#shared/reports/test-report.ts';
import { MAX_REPORT_BYTES, reportIssue } from '../report-issue.ts';
import { buildReport } from './build-report.ts';
import { decodeXmlBytes } from './decode-bytes.ts';
import { readXml } from './read-xml.ts';

/** Reports of other tools that people hand over as JUnit, by their root element. */
const OTHER_FORMATS: Readonly<Record<string, string>> = {
  TestRun: 'a Visual Studio test report (TRX)',
  assemblies: 'an xUnit.net report',
  'test-run': 'an NUnit report',
  'testng-results': 'a TestNG report',
  coverage: 'a coverage report',
  report: 'a coverage report',
  checkstyle: 'a Checkstyle report',
  html: 'a web page',
};

export interface ParsedJUnit {
  /** Null when the file was refused; `issues` then says why. */
  readonly report: TestReport | null;
  readonly issues: readonly Issue[];
}

/**
 * Reads a JUnit XML report in whatever dialect its tool speaks. Never throws: a file that cannot be read is one issue
 * of severity `error`. Takes time and memory in proportion to the file, of which at most `MAX_REPORT_BYTES` are accepted.
 * @param file names the report in issues and, where a tool gave no name, its suite
 */
export function parseJUnit(bytes: Uint8Array, file: string): ParsedJUnit {
  const refuse = (issue: Issue): ParsedJUnit => ({ report: null, issues: [issue] });
  if (bytes.byteLength > MAX_REPORT_BYTES) {
    const size = `${formatSize(bytes.byteLength)}, more than the ${formatSize(MAX_REPORT_BYTES)} that are read`;
    return refuse(reportIssue(file, 'report-too-large', `The report has ${size}.`));
  }
  const decoded = decodeXmlBytes(bytes);
  if ('unknownEncoding' in decoded) {
    return refuse(
      reportIssue(file, 'report-encoding', `The encoding "${decoded.unknownEncoding}" is not known here.`, {
        line: 1,
        column: 1,
        hint: 'let the test tool write UTF-8',
      }),
    );
  }
  const xml = readXml(decoded.text, file);
  if ('issue' in xml) return refuse(xml.issue);
  const { name } = xml.root;
  if (name !== 'testsuites' && name !== 'testsuite') {
    const known = Object.hasOwn(OTHER_FORMATS, name) ? OTHER_FORMATS[name] : 'not a JUnit report';
    return refuse(
      reportIssue(
        file,
        'report-not-junit',
        `This is ${known}: its root element is <${name.slice(0, 100)}>.`,
        {
          hint: 'a JUnit report starts with <testsuites> or <testsuite>',
        },
      ),
    );
  }
  const { report, isClipped } = buildReport(xml.root, file);
  const message = 'The report holds more text than is kept: details or output of some tests are left out.';
  return {
    report,
    issues: isClipped ? [reportIssue(file, 'report-truncated', message, { severity: 'warning' })] : [],
  };
}
