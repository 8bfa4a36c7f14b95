import { expect, test } from 'vitest';
import { testReportSchema, type TestReport } from '#shared/reports/test-report.ts';
import { parseTests } from './parse-tests.ts';

const { signal } = new AbortController();

async function read(text: string, name = 'r.xml'): Promise<TestReport> {
  const { report, issues } = await parseTests(Buffer.from(text), name, signal);
  expect(issues).toEqual([]);
  return testReportSchema.parse(report);
}

test('xUnit.net: collections are suites, errors outside of tests are cases that errored', async () => {
  const report = await read(`<?xml version="1.0" encoding="utf-8"?>
<assemblies timestamp="01/02/2026 10:00:00">
  <assembly name="C:\\build\\Shop.Tests.dll" total="3" passed="1" failed="1" skipped="1" time="0.5">
    <errors><error type="collection-cleanup" name="db"><failure exception-type="IOException"><message>disk full</message></failure></error></errors>
    <collection name="Cart" total="3" time="0.25">
      <test name="Shop.Cart.Adds" type="Shop.Cart" method="Adds" time="0.1" result="Pass"><traits><trait name="a" value="b"/></traits></test>
      <test name="Shop.Cart.Sums" type="Shop.Cart" method="Sums" time="0.15" result="Fail" source-file="src/cart.cs" source-line="7">
        <failure exception-type="Xunit.Sdk.EqualException"><message><![CDATA[Assert.Equal() Failure]]></message><stack-trace>at Cart.cs:7</stack-trace></failure>
        <output>hello</output>
      </test>
      <test name="Shop.Cart.Later" type="Shop.Cart" method="Later" time="0" result="Skip"><reason><![CDATA[not yet]]></reason></test>
    </collection>
  </assembly>
</assemblies>`);
  expect(report).toMatchObject({ total: 4, passed: 1, failed: 1, errored: 1, skipped: 1 });
  expect(report.suites.map(({ name, durationMs }) => [name, durationMs])).toEqual([
    ['Shop.Tests.dll > Cart', 250],
    ['Shop.Tests.dll', 0],
  ]);
  expect(report.suites[0]!.cases[1]).toMatchObject({
    classname: 'Shop.Cart',
    file: 'src/cart.cs',
    line: 7,
    message: 'Assert.Equal() Failure',
    details: 'at Cart.cs:7',
    stdout: 'hello',
  });
  expect(report.suites[0]!.cases[2]).toMatchObject({ status: 'skipped', message: 'not yet' });
  expect(report.suites[1]!.cases[0]).toMatchObject({ name: 'collection-cleanup: db', message: 'disk full' });
});

test('NUnit 3: fixtures are suites, a fixture whose set-up failed is a case that errored', async () => {
  const report = await read(`<test-run id="0" testcasecount="4" result="Failed" duration="2.5">
  <test-suite type="Assembly" name="Shop.dll" fullname="/b/Shop.dll" result="Failed">
    <test-suite type="TestFixture" name="Cart" fullname="Shop.Cart" result="Failed" duration="0.3" start-time="2026-01-02 10:00:00Z">
      <test-case name="Adds" fullname="Shop.Cart.Adds" classname="Shop.Cart" result="Passed" duration="0.1"/>
      <test-case name="Sums" classname="Shop.Cart" result="Failed" duration="0.1">
        <failure><message><![CDATA[Expected: 2]]></message><stack-trace>at Cart.cs:7</stack-trace></failure><output>hi</output></test-case>
      <test-case name="Throws" classname="Shop.Cart" result="Failed" label="Error"><failure><message>boom</message></failure></test-case>
      <test-case name="Later" classname="Shop.Cart" result="Skipped" label="Ignored"><reason><message>not yet</message></reason></test-case>
    </test-suite>
    <test-suite type="TestFixture" name="Db" fullname="Shop.Db" result="Failed" site="SetUp"><failure><message>no database</message></failure></test-suite>
  </test-suite>
</test-run>`);
  expect(report).toMatchObject({ total: 5, passed: 1, failed: 1, errored: 2, skipped: 1, durationMs: 2_500 });
  expect(report.suites.map(({ name }) => name)).toEqual(['Shop.Cart', 'Shop.Db']);
  expect(report.suites[0]!.cases.map(({ status }) => status)).toEqual([
    'passed',
    'failed',
    'errored',
    'skipped',
  ]);
  expect(report.suites[1]!.cases[0]).toMatchObject({
    name: 'Shop.Db (the suite itself)',
    message: 'no database',
  });
});

test('TRX: classes are suites, the tries of one test count each', async () => {
  const report = await read(`<TestRun id="1" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
  <Times creation="x" start="2026-01-02T10:00:00Z" finish="y"/>
  <Results>
    <UnitTestResult testId="a" testName="Adds" duration="00:00:01.5000000" outcome="Passed"><Output><StdOut>hi</StdOut></Output></UnitTestResult>
    <UnitTestResult testId="b" testName="Sums" duration="00:01:00" outcome="Failed"><Output><ErrorInfo><Message>Expected 2</Message><StackTrace>at Cart.cs:7</StackTrace></ErrorInfo></Output></UnitTestResult>
    <UnitTestResult testId="c" testName="Later" outcome="NotExecuted"/>
    <UnitTestResult testId="d" testName="Slow" outcome="Timeout"/>
    <UnitTestResult testId="e" testName="Each" outcome="Failed" resultType="DataDrivenTest"><InnerResults>
      <UnitTestResult testId="e" testName="Each (1)" outcome="Passed"/><UnitTestResult testId="e" testName="Each (2)" outcome="Failed"/>
    </InnerResults></UnitTestResult>
  </Results>
  <TestDefinitions>
    <UnitTest name="Adds" id="a"><TestMethod className="Shop.Cart, Shop, Version=1.0" name="Adds"/></UnitTest>
    <UnitTest name="Sums" id="b"><TestMethod className="Shop.Cart" name="Sums"/></UnitTest>
  </TestDefinitions>
</TestRun>`);
  expect(report).toMatchObject({ total: 6, passed: 2, failed: 2, errored: 1, skipped: 1 });
  const cart = report.suites.find(({ name }) => name === 'Shop.Cart')!;
  expect(cart.cases.map(({ name, durationMs }) => [name, durationMs])).toEqual([
    ['Adds', 1_500],
    ['Sums', 60_000],
  ]);
  expect(cart.cases[1]).toMatchObject({
    message: 'Expected 2',
    details: 'at Cart.cs:7',
    classname: 'Shop.Cart',
  });
  expect(report.suites.find(({ name }) => name === 'r.xml')!.cases.map(({ name }) => name)).toEqual([
    'Later',
    'Slow',
    'Each (1)',
    'Each (2)',
  ]);
});

const event = (each: Readonly<Record<string, unknown>>): string => JSON.stringify({ Package: 'm', ...each });

test('go test: a test that never ended, and a package that did not, count as errors', async () => {
  const lines = [
    event({ Action: 'run', Test: 'TestA' }),
    event({ Action: 'output', Test: 'TestA', Output: 'panic: boom\n' }),
  ];
  const report = await read(`go: downloading x\n${lines.join('\n')}\n`);
  expect(report.suites[0]!.cases.map(({ name, status, message }) => [name, status, message])).toEqual([
    ['TestA', 'errored', 'The test did not end.'],
    ['m (the package itself)', 'errored', 'The tests of the package did not end.'],
  ]);
});

test('go test: what a newer Go says of a build that failed is shown with the package', async () => {
  const report = await read(
    [
      JSON.stringify({ ImportPath: 'm', Action: 'build-output', Output: 'b.go:2: undefined: x\n' }),
      event({ Action: 'start' }),
      event({ Action: 'fail', Elapsed: 0, FailedBuild: 'm' }),
    ].join('\n'),
  );
  expect(report.suites[0]!.cases).toMatchObject([
    { status: 'errored', message: 'The package could not be built.', details: 'b.go:2: undefined: x' },
  ]);
});

test('go test: a report that is cut off in mid-event is refused with its place', async () => {
  const text = `${event({ Action: 'pass', Elapsed: 1 })}\n{"Action":"ru`;
  const { report, issues } = await parseTests(Buffer.from(text), 'go.json', signal);
  expect(report).toBeNull();
  expect(issues).toMatchObject([{ code: 'report-broken-json', line: 2, column: 1 }]);
});
