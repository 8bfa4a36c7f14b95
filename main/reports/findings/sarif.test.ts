import { expect, test } from 'vitest';
import { findingsReportSchema, type FindingsReport } from '#shared/reports/findings.ts';
import { createBreather } from '../breather.ts';
import { createSourcePaths } from '../source-paths.ts';
import { parseSarif, type ParsedFindings } from './sarif.ts';

const paths = createSourcePaths({ workspaces: ['/work'] });

const parse = (log: unknown): Promise<ParsedFindings> => {
  const text = typeof log === 'string' ? log : JSON.stringify(log);
  return parseSarif(Buffer.from(text), 'r.sarif', paths, createBreather(new AbortController().signal));
};

async function read(run: unknown): Promise<FindingsReport> {
  const { report, issues } = await parse({ version: '2.1.0', runs: [run] });
  expect(issues).toEqual([]);
  return findingsReportSchema.parse(report);
}

const tool = (...rules: unknown[]) => ({ driver: { name: 'lint', version: '1.0', rules } });
const at = (uri: string, rest: object = {}) => [
  { physicalLocation: { artifactLocation: { uri, ...rest }, region: { startLine: 3, startColumn: 2 } } },
];

test('a result without a level has that of its rule, else a warning', async () => {
  const { findings, counts } = await read({
    tool: tool(
      { id: 'a', defaultConfiguration: { level: 'error' } },
      { id: 'b' },
      { id: 'c', properties: { 'security-severity': '9.8' } },
    ),
    results: [
      { ruleId: 'a', level: null, message: { text: 'x' } },
      { ruleId: 'b', message: { text: 'x' } },
      { ruleId: 'c', level: 'note', message: { text: 'x' } },
      { ruleIndex: 0, message: { text: 'x' } },
      { ruleId: 'b', level: 'note', message: { text: 'x' } },
      { ruleId: 'b', kind: 'informational', message: { text: 'x' } },
      { ruleId: 'unheard', level: 'error', message: { text: 'x' } },
    ],
  });
  expect(findings.map(({ ruleId, severity }) => [ruleId, severity])).toEqual([
    ['a', 'high'],
    ['b', 'medium'],
    ['c', 'critical'],
    ['a', 'high'],
    ['b', 'low'],
    ['b', 'info'],
    ['unheard', 'high'],
  ]);
  expect(counts).toEqual({ critical: 1, high: 3, medium: 1, low: 1, info: 1 });
});

test('what is suppressed, passed or gone is no finding; a suppression under review is none yet', async () => {
  const result = { ruleId: 'a', message: { text: 'x' } };
  const { findings } = await read({
    tool: tool(),
    results: [
      { ...result, suppressions: [{ kind: 'inSource' }] },
      { ...result, suppressions: [{ kind: 'external', status: 'accepted' }] },
      { ...result, kind: 'pass' },
      { ...result, baselineState: 'absent' },
      { ...result, suppressions: [] },
      { ...result, suppressions: [{ kind: 'external', status: 'underReview' }] },
    ],
  });
  expect(findings).toHaveLength(2);
});

test.each([
  ['src/a.ts', {}, 'src/a.ts'],
  ['src/with%20space.ts', {}, 'src/with space.ts'],
  ['100%.ts', {}, '100%.ts'],
  ['file:///work/src/a%23b.ts', {}, 'src/a#b.ts'],
  ['a.ts', { uriBaseId: 'SRC' }, 'packages/a/a.ts'],
  ['a.ts', { uriBaseId: 'ABS' }, 'lib/a.ts'],
  ['a.ts', { uriBaseId: 'LOOP' }, 'x/a.ts'],
  ['a.ts', { uriBaseId: 'nowhere' }, 'a.ts'],
  ['../../etc/passwd', {}, '/etc/passwd'],
  ['../../../etc/passwd', { uriBaseId: 'SRC' }, '/etc/passwd'],
])('the place %s with %o is %s', async (uri, rest, file) => {
  const report = await read({
    tool: tool(),
    originalUriBaseIds: {
      ROOT: { uri: 'packages/' },
      SRC: { uri: 'a/', uriBaseId: 'ROOT' },
      ABS: { uri: 'file:///work/lib' },
      LOOP: { uri: 'x/', uriBaseId: 'LOOP2' },
      LOOP2: { uri: '', uriBaseId: 'LOOP' },
    },
    results: [{ ruleId: 'a', message: { text: 'x' }, locations: at(uri, rest) }],
  });
  expect(report.findings[0]!.file).toBe(file);
});

test('a file is found by its index, a message by its id in the rule', async () => {
  const { findings, checked, rules } = await read({
    tool: {
      ...tool({
        id: 'a',
        messageStrings: { bad: { text: "'{0}' is bad, {1} {9}" } },
        helpUri: 'javascript:alert(1)',
      }),
      extensions: [
        { name: 'more', rules: [{ id: 'ext', name: 'Extended', helpUri: 'https://example.org/ext' }] },
      ],
    },
    artifacts: [{ location: { uri: 'a.ts' } }, { location: { uri: 'b.ts' } }],
    results: [
      {
        ruleIndex: 0,
        message: { id: 'bad', arguments: ['x', 'y'] },
        locations: [{ physicalLocation: { artifactLocation: { index: 1 } } }],
      },
      { rule: { index: 0, toolComponent: { index: 0 } }, message: { text: 'z' } },
    ],
  });
  expect(findings).toMatchObject([
    { ruleId: 'a', message: "'x' is bad, y {9}", file: 'b.ts', line: null },
    { ruleId: 'ext', message: 'z', file: null },
  ]);
  expect(checked).toBe(2);
  expect(rules).toEqual([
    { id: 'ext', tool: 'lint', title: 'Extended', help: null, helpUri: 'https://example.org/ext' },
  ]);
});

test('an error that the tool met while it looked is a finding', async () => {
  const { findings } = await read({
    tool: tool(),
    invocations: [
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          {
            level: 'error',
            descriptor: { id: 'parse' },
            message: { text: 'cannot read a.ts' },
            locations: at('a.ts'),
          },
          { level: 'note', message: { text: 'took long' } },
        ],
      },
    ],
  });
  expect(findings).toMatchObject([{ ruleId: 'parse', severity: 'high', file: 'a.ts', line: 3 }]);
});

test('a finding is the same one in the next run, also when lines above it came', async () => {
  const results = [3, 30].map((startLine) => ({
    ruleId: 'a',
    message: { text: `used at line ${startLine}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: 'a.ts' }, region: { startLine } } }],
  }));
  const { findings } = await read({ tool: tool(), results });
  expect(findings[0]!.fingerprint).toBe(findings[1]!.fingerprint);
});

test.each([
  ['nothing', '', 'report-empty', null],
  ['what is cut off', '{"version":"2.1.0",\n"runs":[{"too', 'report-broken-json', 2],
  ['a list that is cut off', '{"runs":[', 'report-broken-json', 1],
  ['what is no JSON', '{"runs":\n [}', 'report-broken-json', 2],
  ['deep nesting', `{"runs":${'['.repeat(5_000)}`, 'report-too-large', 1],
  ['another log', '{"version":"2.1.0"}', 'report-not-findings', null],
  ['another version', '{"version":"1.0.0","runs":[]}', 'report-not-findings', null],
  ['a list', '[]', 'report-not-findings', null],
  ['runs that are none', '{"runs":[1]}', 'report-not-findings', null],
] as const)('%s is refused with its place', async (_, text, code, line) => {
  const { report, issues } = await parse(text);
  expect(report).toBeNull();
  expect(issues).toMatchObject([{ code, line, severity: 'error' }]);
  expect(issues[0]!.message).not.toMatch(/[\u0000-\u001f]/);
});

test('more findings than are kept are counted, and said to be', async () => {
  const result = { ruleId: 'a', level: 'error', message: { text: 'x' } };
  const { report, issues } = await parse({ runs: [{ tool: tool(), results: Array(200_010).fill(result) }] });
  expect(report!.findings).toHaveLength(200_000);
  expect(report!.counts.high).toBe(200_010);
  expect(issues).toMatchObject([{ code: 'report-truncated', severity: 'warning' }]);
}, 30_000);
