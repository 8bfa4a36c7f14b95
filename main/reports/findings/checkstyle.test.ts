import { expect, test } from 'vitest';
import { findingsReportSchema, type FindingsReport } from '#shared/reports/findings.ts';
import { parseReport } from '../parse-report.ts';

async function read(xml: string): Promise<FindingsReport> {
  const { form, issues } = await parseReport(
    Buffer.from(xml),
    'checkstyle',
    'r.xml',
    { workspace: '/work' },
    new AbortController().signal,
  );
  expect(issues).toEqual([]);
  return findingsReportSchema.parse(form!.report);
}

test('files without findings are counted as looked at, and what is ignored is no finding', async () => {
  const report = await read(`<checkstyle version="10.1">
    <file name="/work/src/A.java">
      <error line="3" column="5" severity="error" message="Name &apos;a&apos; is bad." source="com.puppycrawl.tools.checkstyle.checks.naming.TypeNameCheck"/>
      <error line="0" severity="info" message="Missing header." source="com.puppycrawl.tools.checkstyle.checks.header.HeaderCheck"/>
      <error line="9" severity="ignore" message="x" source="y"/>
    </file>
    <file name="/work/src/B.java"/>
  </checkstyle>`);
  expect(report.checked).toBe(2);
  expect(report.findings).toMatchObject([
    { tool: 'checkstyle', ruleId: 'TypeNameCheck', severity: 'high', file: 'src/A.java', line: 3, column: 5 },
    { tool: 'checkstyle', ruleId: 'HeaderCheck', severity: 'low', line: null, column: null },
  ]);
});

test.each([
  ['eslint.rules.no-undef', 'eslint', 'no-undef'],
  ['stylelint.rules.scss/at-rule', 'stylelint', 'scss/at-rule'],
  ['ShellCheck.SC2086', 'shellcheck', 'SC2086'],
  ['PSR2.Files.EndFile', 'checkstyle', 'PSR2.Files.EndFile'],
])('the source %s is the rule of %s', async (source, tool, ruleId) => {
  const { findings } = await read(
    `<checkstyle><file name="a"><error line="1" message="x" source="${source}"/></file></checkstyle>`,
  );
  expect(findings).toMatchObject([{ tool, ruleId, file: 'a' }]);
});

test('a report of no files says that nothing was looked at', async () => {
  expect(await read('<checkstyle version="4.3"/>')).toMatchObject({
    checked: 0,
    findings: [],
    tools: [{ name: 'checkstyle', version: '4.3' }],
  });
});
