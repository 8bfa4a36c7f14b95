import { expect, test } from 'vitest';
import { MAX_DETAILS_CHARS, MAX_OUTPUT_CHARS, testReportSchema } from '#shared/reports/test-report.ts';
import type { TestCase, TestReport } from '#shared/reports/test-report.ts';
import { parseTests } from './parse-tests.ts';

const { signal } = new AbortController();

async function read(xml: string): Promise<TestReport> {
  const { report, issues } = await parseTests(Buffer.from(xml), 'reports/unit.xml', signal);
  expect(issues).toEqual([]);
  return testReportSchema.parse(report);
}

async function onlyCase(inner: string): Promise<TestCase> {
  const { suites } = await read(`<testsuite name="s">${inner}</testsuite>`);
  expect(suites[0]!.cases).toHaveLength(1);
  return suites[0]!.cases[0]!;
}

test('a case carries its name, place, time and result', async () => {
  expect(
    await onlyCase(`<testcase name="adds" classname="Math" file="math.js" line="12" time="0.25">
      <failure message="1 &lt; 2" type="AssertionError">at math.js:12</failure>
      <system-out>out</system-out><system-err><![CDATA[<err>]]></system-err>
    </testcase>`),
  ).toEqual({
    name: 'adds',
    classname: 'Math',
    file: 'math.js',
    line: 12,
    status: 'failed',
    durationMs: 250,
    message: '1 < 2',
    details: 'at math.js:12',
    stdout: 'out',
    stderr: '<err>',
  });
});

test('missing attributes are filled in, not refused', async () => {
  expect(await onlyCase('<testcase/>')).toEqual({
    name: '(no name)',
    classname: null,
    file: null,
    line: null,
    status: 'passed',
    durationMs: 0,
    message: null,
    details: null,
    stdout: null,
    stderr: null,
  });
});

test.each([
  ['<skipped message="later"/>', 'skipped', 'later'],
  ['<error type="TypeError"/>', 'errored', 'TypeError'],
  ['<failure>first line\nsecond</failure>', 'failed', 'first line'],
  ['<skipped/><failure message="no"/>', 'failed', 'no'],
  ['<failure message="no"/><error message="teardown"/>', 'errored', 'teardown'],
] as const)('a case with %s is %s', async (inner, status, message) => {
  expect(await onlyCase(`<testcase name="x">${inner}</testcase>`)).toMatchObject({ status, message });
});

test.each(['status="notrun"', 'result="suppressed"', 'status="disabled"'])(
  'a case with %s was skipped',
  async (mark) => {
    expect((await onlyCase(`<testcase name="x" ${mark}/>`)).status).toBe('skipped');
  },
);

test('a case that failed and then passed is a pass that says so', async () => {
  const flaky = await onlyCase(
    '<testcase name="x"><flakyFailure message="timed out"><stackTrace>at a</stackTrace></flakyFailure></testcase>',
  );
  expect(flaky).toMatchObject({
    status: 'passed',
    message: 'timed out',
    flaky: true,
    attempts: 2,
    details: 'at a',
  });
});

test('a case that failed in every rerun is one failure', async () => {
  const failed = await onlyCase(
    '<testcase name="x"><failure message="no"/><rerunFailure message="again"/><rerunFailure/></testcase>',
  );
  expect(failed).toMatchObject({ status: 'failed', message: 'no' });
});

test('nested suites are listed flat under the names of those around them', async () => {
  const report = await read(`<testsuites><testsuite name="outer" time="3"><testcase name="a" time="1"/>
    <testsuite name="inner" time="2"><testcase name="b" time="2"/></testsuite></testsuite></testsuites>`);
  expect(report.suites.map((suite) => [suite.name, suite.total, suite.durationMs])).toEqual([
    ['outer', 1, 1_000],
    ['outer > inner', 1, 2_000],
  ]);
  expect(report).toMatchObject({ total: 2, durationMs: 3_000 });
});

test('cases directly below <testsuites> form a suite with the name of the file', async () => {
  const { suites } = await read('<testsuites><testcase name="a"/><testcase name="b"/></testsuites>');
  expect(suites.map((suite) => [suite.name, suite.total])).toEqual([['reports/unit.xml', 2]]);
});

test('a suite that states counts without cases is believed, as far as its counts make sense', async () => {
  const { suites, ...counts } = await read('<testsuite tests="6" failures="1" errors="1" skipped="9"/>');
  expect(counts).toMatchObject({ total: 6, passed: 0, failed: 1, errored: 1, skipped: 4 });
  expect(suites[0]!.cases).toEqual([]);
});

test('a suite that failed outside of its cases counts as a failure', async () => {
  const report = await read(
    '<testsuite name="db"><error message="no connection"/><testcase name="a"/></testsuite>',
  );
  expect(report).toMatchObject({ total: 2, errored: 1 });
  expect(report.suites[0]!.cases[1]).toMatchObject({
    name: 'db (the suite itself)',
    message: 'no connection',
  });
});

test('properties are passed over, output of a suite is kept', async () => {
  const { suites } = await read(`<testsuite name="s" timestamp="2026-01-02T03:04:05" file="s.js">
    <properties><property name="a" value="b"/></properties><testcase name="a"/>
    <system-out>first</system-out><system-out>second</system-out></testsuite>`);
  expect(suites[0]).toMatchObject({
    timestamp: '2026-01-02T03:04:05',
    file: 's.js',
    stdout: 'first\nsecond',
    stderr: null,
  });
});

test('colours and control characters that XML forbids are taken out', async () => {
  const failed = await onlyCase(
    '<testcase name="a\u0001b"><failure message="&#27;[31mred&#27;[39m">\u001b[32mgreen\u001b[0m\u0000</failure></testcase>',
  );
  expect(failed).toMatchObject({ name: 'ab', message: 'red', details: 'green' });
});

test('a DOCTYPE that declares nothing is let through, and its address is not fetched', async () => {
  const report = await read(
    '<?xml version="1.0"?><!-- x --><!DOCTYPE testsuite SYSTEM "http://127.0.0.1:9/x>y.dtd"><testsuite><testcase name="a"/></testsuite>',
  );
  expect(report.total).toBe(1);
});

test('a suite called __proto__ is a suite like any other', async () => {
  const { suites } = await read('<testsuite name="__proto__"><testcase name="constructor"/></testsuite>');
  expect(suites[0]).toMatchObject({ name: '__proto__', total: 1 });
  expect(await read('<testsuite><__proto__ a="1" __proto__="2"/></testsuite>')).toMatchObject({ total: 0 });
});

test('long texts are clipped: details at their end, output at its start', async () => {
  const long = (mark: string) => `${mark}${'x'.repeat(100_000)}${mark}`;
  const failed = await onlyCase(
    `<testcase name="a"><failure message="m">${long('F')}</failure><system-out>${long('O')}</system-out></testcase>`,
  );
  expect(failed.details).toMatch(/^Fx+\n\[\d+ characters left out\]$/);
  expect(failed.stdout).toMatch(/^\[\d+ characters left out\]\nx+O$/);
  expect(failed.details!.length).toBeLessThan(MAX_DETAILS_CHARS + 100);
  expect(failed.stdout!.length).toBeLessThan(MAX_OUTPUT_CHARS + 100);
});

test('a report of 50 MB is read whole, its output up to a limit that is named', async () => {
  const output = `<system-out>${'a line of output &amp; more\n'.repeat(2_500)}</system-out>`;
  const cases = Array.from(
    { length: 800 },
    (_, i) => `<testcase name="c${i}" time="0.5">${output}</testcase>`,
  );
  const bytes = Buffer.from(`<testsuites><testsuite name="s">${cases.join('\n')}</testsuite></testsuites>`);
  expect(bytes.byteLength).toBeGreaterThan(50_000_000);
  const { report, issues } = await parseTests(bytes, 'big.xml', signal);
  expect(report).toMatchObject({ total: 800, passed: 800, durationMs: 400_000 });
  expect(issues.map(({ code, severity }) => [code, severity])).toEqual([['report-truncated', 'warning']]);
}, 60_000);
