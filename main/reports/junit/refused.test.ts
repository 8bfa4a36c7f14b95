import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Issue } from '#shared/lib/issue.ts';
import { testReportSchema } from '#shared/reports/test-report.ts';
import { MAX_REPORT_BYTES } from '../report-issue.ts';
import { parseJUnit } from './parse-junit.ts';

function refusal(input: string | Uint8Array): Issue {
  const { report, issues } = parseJUnit(typeof input === 'string' ? Buffer.from(input) : input, 'r.xml');
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

test('an entity bomb is refused before it goes off', () => {
  expect(refusal(BOMB)).toMatchObject({ code: 'report-doctype', line: 2, column: 1 });
});

test('an external entity is refused, not read', () => {
  const xml = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuite name="&x;"/>';
  expect(refusal(xml)).toMatchObject({ code: 'report-doctype', line: 1, column: 1 });
});

test('a DOCTYPE in the middle of the report declares nothing', () => {
  const xml = '<testsuite><!DOCTYPE a [<!ENTITY x "boom">]><testcase name="&x;"/></testsuite>';
  expect(JSON.stringify(parseJUnit(Buffer.from(xml), 'r.xml').report?.suites ?? [])).not.toContain('boom');
});

test.each([
  ['a report that was cut off', '<testsuites>\n <testsuite>\n', 2, 2, /cut off: <testsuite> is never closed/],
  ['a tag that was cut off', '<testsuite>\n<testcase name="a', 2, 1, /cut off: the tag <testcase>/],
  ['CDATA that was cut off', '<testsuite><system-out><![CDATA[x', 1, 24, /cut off/],
  [
    'tags closed in the wrong order',
    '<testsuite>\n  <testcase></testsuite>',
    2,
    13,
    /<testcase> is closed by <\/testsuite>/,
  ],
  ['a closing tag too many', '<testsuite/></testsuite>', 1, 13, /never opened/],
  ['two reports in one file', '<testsuite/>\n<testsuite/>', 2, 1, /second root/],
  ['text after the report', '<testsuite/>\nDone.', 1, 13, /text after/],
  ['an attribute without quotes', '<testsuite tests=1/>', 1, 11, /broken attribute/],
  ['a raw < in an attribute', '<testsuite name="a<b"/>', 1, 19, /raw `<`/],
  ['elements nested too deep', '<testsuite>'.repeat(200), 1, 1_101, /100 deep/],
] as const)('%s is refused with its place', (_, xml, line, column, message) => {
  const issue = refusal(xml);
  expect(issue).toMatchObject({ code: 'report-broken-xml', line, column });
  expect(issue.message).toMatch(message);
});

test.each([
  ['nothing', '', 'report-empty'],
  ['blanks', ' \n\t', 'report-empty'],
  ['JSON', '{"tests": 1}', 'report-not-xml'],
  ['bytes of an archive', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 255, 254]), 'report-not-xml'],
  ['an unknown encoding', '<?xml version="1.0" encoding="x-nope"?><testsuite/>', 'report-encoding'],
  ['a web page', '<html><body/></html>', 'report-not-junit'],
  ['a coverage report', '<coverage line-rate="1"/>', 'report-not-junit'],
  ['an inherited name', '<valueOf/>', 'report-not-junit'],
  [
    'a name that would reach into a prototype',
    '<testsuite><__proto__ a="1"/></testsuite>',
    'report-broken-xml',
  ],
] as const)('%s in place of a report is refused as %s', (_, input, code) => {
  expect(refusal(input).code).toBe(code);
});

test('a file above the limit is refused without being read', () => {
  expect(refusal(new Uint8Array(MAX_REPORT_BYTES + 1))).toMatchObject({ code: 'report-too-large' });
});

test('a report of a million elements and more is refused', () => {
  expect(refusal(`<testsuite>${'<a/>'.repeat(1_000_001)}</testsuite>`).code).toBe('report-too-large');
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

test('whatever the bytes are, there is a valid report or one reason against it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        texts.map((text) => Buffer.from(text)),
        fc.uint8Array({ maxLength: 200 }),
      ),
      (bytes) => {
        const { report, issues } = parseJUnit(bytes, 'r.xml');
        if (report) expect(testReportSchema.safeParse(report).success).toBe(true);
        else expect(issues).toHaveLength(1);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('every report that is cut off anywhere inside its root is refused', () => {
  const xml =
    '<testsuites><testsuite name="a"><testcase name="b"><failure message="c">d</failure></testcase></testsuite></testsuites>';
  for (let end = 1; end < xml.length; end += 1) refusal(xml.slice(0, end));
});
