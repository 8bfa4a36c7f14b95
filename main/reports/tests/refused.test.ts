import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Issue } from '#shared/lib/issue.ts';
import { testReportSchema } from '#shared/reports/test-report.ts';
import { MAX_REPORT_BYTES } from '../report-issue.ts';
import { parseTests } from './parse-tests.ts';

const { signal } = new AbortController();

async function refusal(input: string | Uint8Array): Promise<Issue> {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  const { report, issues } = await parseTests(bytes, 'r.xml', signal);
  expect(report).toBeNull();
  expect(issues).toHaveLength(1);
  expect(issues[0]).toMatchObject({ severity: 'error', path: 'r.xml' });
  return issues[0]!;
}

const BOMB = `<?xml version="1.0"?>
<!DOCTYPE lolz [
  <!ENTITY a "lollollollollollollollollollol">
  ${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'abcdefghij'[i + 1]!} "${`&${'abcdefghij'[i]!};`.repeat(10)}">`).join('\n  ')}
]>
<testsuites><testsuite name="&j;"/></testsuites>`;

test('an entity bomb is refused before it goes off', async () => {
  expect(await refusal(BOMB)).toMatchObject({ code: 'report-doctype', line: 2, column: 1 });
});

test('an external entity is refused, not read', async () => {
  const xml = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite name="&x;"/>';
  expect(await refusal(xml)).toMatchObject({ code: 'report-doctype', line: 1, column: 1 });
});

test('a DOCTYPE behind a long comment is refused, too', async () => {
  const xml = `<!--${'x'.repeat(70_000)}-->\n<!DOCTYPE a [<!ENTITY x "boom">]><testsuite name="&x;"/>`;
  expect(await refusal(xml)).toMatchObject({ code: 'report-doctype', line: 2, column: 1 });
});

test('a DOCTYPE in the middle of the report declares nothing', async () => {
  const xml = '<testsuite><!DOCTYPE a [<!ENTITY x "boom">]><testcase name="&x;"/></testsuite>';
  expect(
    JSON.stringify((await parseTests(Buffer.from(xml), 'r.xml', signal)).report?.suites ?? []),
  ).not.toContain('boom');
});

test.each([
  ['a report that was cut off', '<testsuites>\n <testsuite>\n', 2, 2, /cut off: <testsuite> is never closed/],
  ['a tag that was cut off', '<testsuite>\n<testcase name="a', 2, 1, /cut off: <testcase> is never closed/],
  ['CDATA that was cut off', '<testsuite><system-out><![CDATA[x', 1, 12, /<system-out> is never closed/],
  [
    'tags closed in the wrong order',
    '<testsuite>\n  <testcase></testsuite>',
    2,
    24,
    /an end tag stands where <testcase> of line 2 is still open/,
  ],
  ['a closing tag too many', '<testsuite/></testsuite>', 1, 24, /unmatched closing tag/],
  ['two reports in one file', '<testsuite/>\n<testsuite/>', 2, 11, /second root/],
  ['text after the report', '<testsuite/>\nDone.', 2, 6, /text outside/],
  ['an attribute without quotes', '<testsuite tests=1/>', 1, 18, /without quotes/],
  ['a raw < in an attribute', '<testsuite name="a<b"/>', 1, 19, /raw `<`/],
  ['elements nested too deep', '<testsuite>'.repeat(200), 1, 1_101, /100 deep/],
] as const)('%s is refused with its place', async (_, xml, line, column, message) => {
  const issue = await refusal(xml);
  expect(issue).toMatchObject({ code: 'report-broken-xml', line, column });
  expect(issue.message).toMatch(message);
});

test.each([
  ['nothing', '', 'report-empty'],
  ['blanks', ' \n\t', 'report-empty'],
  ['JSON', '{"tests": 1}', 'report-not-xml'],
  ['bytes of an archive', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 255, 254]), 'report-not-xml'],
  ['an unknown encoding', '<?xml version="1.0" encoding="x-nope"?><testsuite/>', 'report-encoding'],
  ['a web page', '<html><body/></html>', 'report-not-tests'],
  ['a coverage report', '<coverage line-rate="1"/>', 'report-not-tests'],
  ['an inherited name', '<valueOf/>', 'report-not-tests'],
] as const)('%s in place of a report is refused as %s', async (_, input, code) => {
  expect((await refusal(input)).code).toBe(code);
});

test('a file above the limit is refused without being read', async () => {
  expect(await refusal(new Uint8Array(MAX_REPORT_BYTES + 1))).toMatchObject({ code: 'report-too-large' });
});

test('a report with a million suites and more is refused', async () => {
  const xml = `<testsuite>${'<testsuite/>'.repeat(1_000_001)}</testsuite>`;
  expect((await refusal(xml)).code).toBe('report-too-large');
}, 30_000);

const fragment = fc.constantFrom(
  '<testsuites>',
  '</testsuites>',
  '<testsuite name="s" time="1,2">',
  '</testsuite>',
  '<testcase name="c">',
  '<testcase/>',
  '</testcase>',
  '<failure message="m">',
  '</failure>',
  '<skipped/>',
  '<system-out>',
  '</system-out>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<!DOCTYPE x [',
  ']>',
  '<?xml version="1.0"?>',
  '&amp;',
  '&#0;',
  '&#x110000;',
  '"',
  "'",
  '<',
  '>',
  '/>',
  '\u001b[',
  ' ',
);
const texts = fc.oneof(
  fc
    .array(fc.oneof(fragment, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 40 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

test('whatever the bytes are, there is a valid report or one reason against it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        texts.map((text) => Buffer.from(text)),
        fc.uint8Array({ maxLength: 200 }),
      ),
      async (bytes) => {
        const { report, issues } = await parseTests(bytes, 'r.xml', signal);
        if (report) expect(testReportSchema.safeParse(report).success).toBe(true);
        else expect(issues).toHaveLength(1);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('every report that is cut off anywhere inside its root is refused', async () => {
  const xml =
    '<testsuites><testsuite name="a"><testcase name="b"><failure message="c">d</failure></testcase></testsuite></testsuites>';
  for (let end = 1; end < xml.length; end += 1) await refusal(xml.slice(0, end));
});
