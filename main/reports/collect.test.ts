import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { summarize, type NormalForm } from '#shared/reports/normal-form.ts';
import type { PlannedReports } from '#shared/pipeline/plan.ts';
import { collectReports } from './collect.ts';
import { createReports } from './reports.ts';

let root: string;
let workspace: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'pipewright-reports-'));
  workspace = path.join(root, 'workspace');
  await mkdir(workspace);
});
afterEach(() => rm(root, { recursive: true }));

async function put(file: string, text: string): Promise<string> {
  const absolute = path.join(workspace, file);
  await mkdir(path.dirname(absolute), { recursive: true });
  await writeFile(absolute, text);
  return absolute;
}

const suite = (name: string, inner = '') =>
  `<testsuite name="${name}"><testcase name="a">${inner}</testcase></testsuite>`;
async function collect(
  planned: Partial<PlannedReports>,
  since?: Date,
  signal = new AbortController().signal,
) {
  const found = await collectReports({ workspace }, { junit: [], coverage: [], ...planned }, signal, since);
  const of = <Type extends NormalForm['type']>(type: Type) =>
    (found.reports.find((form) => form.type === type)?.report ?? null) as
      Extract<NormalForm, { type: Type }>['report'] | null;
  return {
    ...found,
    tests: of('tests'),
    coverage: of('coverage'),
    findings: of('findings'),
    sbom: of('sbom'),
  };
}
const codes = (issues: readonly { code: string; path: string }[]) =>
  issues.map(({ code, path: at }) => `${code} ${at}`);

test('all files of all globs become one report, each file once', async () => {
  await put('reports/a.xml', suite('a'));
  await put('reports/deep/b.xml', suite('b', '<failure/>'));
  await put('node_modules/x/c.xml', suite('c'));
  const { tests, issues } = await collect({ junit: ['**/*.xml', 'reports/*.xml'] });
  expect(issues).toEqual([]);
  expect(tests).toMatchObject({ total: 2, passed: 1, failed: 1 });
  expect(tests!.suites.map(({ name }) => name).sort()).toEqual(['a', 'b']);
});

test('a glob with ! takes files out', async () => {
  await put('reports/a.xml', suite('a'));
  await put('reports/b.xml', suite('b'));
  const { tests } = await collect({ junit: ['reports/*.xml', '!reports/b.xml'] });
  expect(tests!.suites.map(({ name }) => name)).toEqual(['a']);
});

test('a glob without files is a warning that names it', async () => {
  const { tests, issues } = await collect({ junit: ['reports/*.xml'], coverage: ['lcov.info'] });
  expect(tests).toBeNull();
  expect(codes(issues)).toEqual(['no-reports-found reports/*.xml', 'no-reports-found lcov.info']);
  expect(issues[0]).toMatchObject({ severity: 'warning' });
});

test('a broken report is an issue beside the good ones', async () => {
  await put('good.xml', suite('good'));
  await put('torn.xml', '<testsuite>');
  const { tests, issues } = await collect({ junit: ['*.xml'] });
  expect(tests!.total).toBe(1);
  expect(codes(issues)).toEqual(['report-broken-xml torn.xml']);
});

test('globs and links that lead out of the workspace are refused', async () => {
  await writeFile(path.join(root, 'secret.xml'), suite('secret'));
  await mkdir(path.join(root, 'elsewhere'));
  await writeFile(path.join(root, 'elsewhere/secret.xml'), suite('secret'));
  await symlink(path.join(root, 'secret.xml'), path.join(workspace, 'link.xml'));
  await symlink(path.join(root, 'elsewhere'), path.join(workspace, 'folder'));
  const junit = ['../*.xml', 'a/../../*.xml', `${root}/*.xml`, 'link.xml', 'folder/*.xml'];
  const { tests, issues } = await collect({ junit });
  expect(tests).toBeNull();
  const outside = Array.from(junit, () => 'report-outside-workspace');
  expect(issues.map(({ code }) => code)).toEqual(outside);
});

test('a link that stays inside the workspace is followed, and its file is counted once', async () => {
  const file = await put('real.xml', suite('real'));
  await symlink(file, path.join(workspace, 'link.xml'));
  const { tests, issues } = await collect({ junit: ['link.xml', '*.xml'] });
  expect(issues).toEqual([]);
  expect(tests!.total).toBe(1);
});

test('files from before the attempt do not count', async () => {
  const since = new Date();
  const stale = await put('old.xml', suite('old'));
  await utimes(stale, since, new Date(since.getTime() - 60_000));
  expect(codes((await collect({ junit: ['*.xml'] }, since)).issues)).toEqual(['no-reports-found *.xml']);
  await put('new.xml', suite('new'));
  const { tests, issues } = await collect({ junit: ['*.xml'] }, since);
  expect(issues).toEqual([]);
  expect(tests!.suites.map(({ name }) => name)).toEqual(['new']);
});

test('paths inside the workspace are shown relative to it', async () => {
  const source = path.join(workspace, 'src/a.js');
  await put('a.xml', `<testsuite file="${source}"><testcase name="a" file="${source}"/></testsuite>`);
  await put('lcov.info', `SF:${source}\nDA:1,1\nend_of_record\nSF:/elsewhere/b.js\nDA:1,0\nend_of_record\n`);
  const { tests, coverage } = await collect({ junit: ['a.xml'], coverage: ['lcov.info'] });
  expect([tests!.suites[0]!.file, tests!.suites[0]!.cases[0]!.file]).toEqual(['src/a.js', 'src/a.js']);
  expect(coverage!.files.map((file) => file.path)).toEqual(['/elsewhere/b.js', 'src/a.js']);
});

test('of a coverage report that breaks off nothing counts, files of whole ones are counted once', async () => {
  const file = (name: string, hits: number) =>
    `<class filename="${name}"><lines><line number="1" hits="${hits}"/><line number="2" hits="0"/></lines></class>`;
  await put('a.xml', `<coverage>${file('a.py', 0)}${file('b.py', 1)}</coverage>`);
  await put('b.xml', `<coverage>${file('a.py', 2)}</coverage>`);
  await put('torn.xml', `<coverage>${file('c.py', 1)}`);
  const { coverage, issues } = await collect({ coverage: ['*.xml'] });
  expect(codes(issues)).toEqual(['report-broken-xml torn.xml']);
  expect(coverage!.files.map(({ path: at, lines }) => [at, lines.covered, lines.total])).toEqual([
    ['a.py', 1, 2],
    ['b.py', 1, 2],
  ]);
});

test('SARIF and Checkstyle reports are told apart, and bills are read, each by its key', async () => {
  await put(
    'out/a.sarif',
    JSON.stringify({ runs: [{ tool: { driver: { name: 'a' } }, results: [{ message: { text: 'x' } }] }] }),
  );
  await put(
    'out/b.xml',
    '<checkstyle><file name="b.js"><error line="1" severity="warning" message="y" source="b.rules.z"/></file></checkstyle>',
  );
  await put(
    'bom.json',
    JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components: [{ name: 'c', version: '1' }] }),
  );
  const { findings, sbom, issues, reports } = await collect({ sarif: ['out/*'], sbom: ['bom.json'] });
  expect(issues).toEqual([]);
  expect(findings!.findings.map(({ tool, message }) => `${tool}: ${message}`)).toEqual(['a: x', 'b: y']);
  expect(sbom).toMatchObject({ format: 'CycloneDX 1.6', components: [{ ref: 'c@1' }] });
  expect(reports.map(({ type }) => type)).toEqual(['findings', 'sbom']);
});

test('an aborted signal ends the collection', async () => {
  await put('a.xml', suite('a'));
  const reason = new Error('cancelled');
  await expect(collect({ junit: ['*.xml'] }, undefined, AbortSignal.abort(reason))).rejects.toBe(reason);
});

test("what Node's own test runner writes is read as it was meant", async () => {
  await put(
    'math.test.js',
    `import assert from 'node:assert/strict';
     import { describe, test } from 'node:test';
     import { add } from './math.js';
     test('at the top', () => assert.equal(add(1, 1), 2));
     describe('outer', () => {
       test('fails', () => assert.deepEqual({ a: 1 }, { a: 2 }));
       test.skip('waits', () => {});
       test.todo('is planned');
       describe('inner', () => { test('passes', () => {}); });
     });`,
  );
  await put(
    'math.js',
    'export function add(a, b) {\n  if (a < 0) {\n    return 0;\n  }\n  return a + b;\n}\n',
  );
  await put('package.json', '{"type":"module"}');
  const reporter = (name: string, to: string) => [
    `--test-reporter=${name}`,
    `--test-reporter-destination=${to}`,
  ];
  const flags = [
    '--test',
    '--experimental-test-coverage',
    ...reporter('junit', 'junit.xml'),
    ...reporter('lcov', 'lcov.info'),
  ];
  // A test runner that is told it runs inside another one writes no report.
  const env = { NODE_TEST_CONTEXT: undefined, NODE_OPTIONS: undefined, FORCE_COLOR: '1' };
  const run = await execa(process.execPath, [...flags, 'math.test.js'], {
    cwd: workspace,
    reject: false,
    env,
  });
  expect(run.exitCode).toBe(1);

  const { tests, coverage, issues } = await collect({ junit: ['junit.xml'], coverage: ['lcov.info'] });
  expect(issues).toEqual([]);
  expect(tests).toMatchObject({ total: 5, passed: 2, failed: 1, skipped: 2, errored: 0 });
  const cases = tests!.suites.flatMap((each) => each.cases.map((one) => [each.name, one.name, one.status]));
  expect(cases).toContainEqual(['outer > inner', 'passes', 'passed']);
  expect(cases).toContainEqual(['junit.xml', 'at the top', 'passed']);
  const failed = tests!.suites.flatMap((each) => each.cases).find((one) => one.status === 'failed')!;
  expect(failed.message).toContain('deep-equal');
  expect(failed.details).toContain('-   a: 2');
  expect(JSON.stringify(tests)).not.toContain('\\u001b');
  const math = coverage!.files.find((file) => file.path === 'math.js')!;
  expect(math.lines.total).toBe(6);
  expect(math.lines.covered).toBeLessThan(6);
});

test("the engine's port gives one summary for the stage and the report to store", async () => {
  await put('a.xml', suite('a'));
  await put('b.xml', suite('b', '<skipped/>'));
  const { reports, issues } = await createReports().collect(
    { workspace },
    { junit: ['*.xml'], coverage: [] },
    new AbortController().signal,
  );
  expect(issues).toEqual([]);
  expect(reports.map(summarize)).toEqual([
    { type: 'tests', total: 2, passed: 1, failed: 0, errored: 0, skipped: 1, durationMs: 0 },
  ]);
});
