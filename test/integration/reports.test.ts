import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type {
  CaseResult,
  CoverageView,
  FileLines,
  FindingsView,
  FlakyCase,
  IgnoredFinding,
  ListedTests,
  MetricSeries,
  RunComparison,
  RunStory,
  SupplyChain,
} from '#shared/api/report-schemas.ts';
import type { TestCase } from '#shared/reports/test-report.ts';
import { type ApiError, type ApiFixture, createApiFixture } from './api-fixture.ts';
import {
  commit,
  initRepository,
  type ProjectState,
  REPORTS_PIPELINE,
  runToEnd,
  switchTo,
  writeProject,
} from './reports-project.ts';

const GOOD: ProjectState = {
  source: ['// money', 'export const add = (a, b) => a + b;', 'export const none = 0;'],
  hits: [null, 3, 1],
  cases: { adds: 'passed', rounds: 'passed', waits: 'skipped' },
  findings: ['Floats are no money'],
};
const BROKEN: ProjectState = {
  source: [
    '// money',
    'export const add = (a, b) => b + a;',
    'export const none = 0;',
    'export const x = 1;',
  ],
  hits: [null, 3, 1, 0],
  cases: { adds: 'passed', rounds: 'failed', waits: 'skipped' },
  findings: ['Floats are no money', 'Names say nothing'],
  isBroken: true,
};

/** Three runs: a good one of main, one of a branch that breaks, and one that is still broken with a change of its own. */
async function threeRuns(
  api: ApiFixture,
): Promise<{ readonly ids: readonly string[]; readonly base: string }> {
  initRepository(api.projectDir);
  writeProject(api, GOOD);
  const base = commit(api.projectDir, 'Count money');
  const first = await runToEnd(api);
  switchTo(api.projectDir, 'feature');
  writeProject(api, BROKEN);
  commit(api.projectDir, 'Swap the numbers');
  const second = await runToEnd(api);
  api.write('src/extra.js', 'export const y = 2;\n');
  api.write(
    'lcov.info',
    'SF:src/money.js\nDA:2,3\nDA:3,1\nDA:4,0\nend_of_record\nSF:src/extra.js\nDA:1,0\nend_of_record\n',
  );
  const third = await runToEnd(api);
  return { ids: [first.id, second.id, third.id], base };
}

async function get<Value>(api: ApiFixture, pathname: string): Promise<Value> {
  const { status, body } = await api.call<Value>('GET', pathname);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

it('tells of tests since when they fail, what they said and what became of them before', async () => {
  await using api = await createApiFixture(REPORTS_PIPELINE);
  const { ids } = await threeRuns(api);
  const [second, third] = [ids[1]!, ids[2]!];
  const [listed] = await get<ListedTests[]>(api, `/runs/${third}/tests`);
  expect(listed).toMatchObject({ stage: 'unit', attempt: 1, summary: { total: 3, failed: 1, skipped: 1 } });
  expect(listed?.suites[0]?.cases).toMatchObject([
    { name: 'adds', status: 'passed', message: null, flaky: false },
    { name: 'rounds', status: 'failed', message: 'expected 2 <script>', failingSince: { runId: second } },
    { name: 'waits', status: 'skipped' },
  ]);
  const [before] = await get<ListedTests[]>(api, `/runs/${second}/tests`);
  expect(before?.suites[0]?.cases[1]).not.toHaveProperty('failingSince');
  const whole = await get<TestCase>(api, `/runs/${third}/tests/case?stage=unit&suite=0&case=1`);
  expect(whole).toMatchObject({ name: 'rounds', details: 'at src/money.js:2' });
  const gone = await api.call<ApiError>('GET', `/runs/${third}/tests/case?stage=unit&suite=0&case=9`);
  expect(gone.body.data.code).toBe('usage');
  const key = 'key[stage]=unit&key[suite]=money&key[classname]=Money&key[name]=rounds';
  const history = await get<CaseResult[]>(api, `/runs/${third}/tests/history?${key}`);
  expect(history.map(({ run, status }) => [run.number, status])).toEqual([
    [3, 'failed'],
    [2, 'failed'],
    [1, 'passed'],
  ]);
});

it('calls a case flaky that broke and was mended, not one that only broke', async () => {
  await using api = await createApiFixture(REPORTS_PIPELINE);
  for (const rounds of ['passed', 'failed', 'passed'] as const) {
    writeProject(api, { ...GOOD, cases: { rounds, adds: 'passed' } });
    await runToEnd(api);
  }
  writeProject(api, { ...GOOD, cases: { rounds: 'passed', adds: 'failed' } });
  await runToEnd(api);
  const url = `/projects/${api.projectId}/tests/flaky?pipelineFile=${api.file}`;
  const flaky = await get<FlakyCase[]>(api, url);
  expect(flaky.map(({ key, flips, lastFailed }) => [key.name, flips, lastFailed?.number])).toEqual([
    ['rounds', 2, 2],
  ]);
});

it('covers the lines of a change, those that are not committed too, with their text', async () => {
  await using api = await createApiFixture(REPORTS_PIPELINE);
  const { ids, base } = await threeRuns(api);
  const [first, second, third] = [ids[0]!, ids[1]!, ids[2]!];
  const committed = await get<CoverageView>(api, `/runs/${second}/coverage`);
  expect(committed).toMatchObject({
    lines: { covered: 2, total: 3 },
    files: [{ path: 'src/money.js', hasLines: true }],
    before: { run: { runId: first }, lines: { covered: 2, total: 2 } },
    patch: { base, lines: { covered: 1, total: 2, pct: 50 } },
  });
  expect(committed.files[0]).not.toHaveProperty('hits');
  const withNew = await get<CoverageView>(api, `/runs/${third}/coverage`);
  expect(withNew.patch?.files.map(({ path, lines }) => [path, lines.covered, lines.total])).toEqual([
    ['src/extra.js', 0, 1],
    ['src/money.js', 1, 2],
  ]);
  const lines = await get<FileLines>(api, `/runs/${second}/coverage/file?path=src/money.js`);
  expect(lines).toMatchObject({ hits: [[2, 3], [3, 1], [4, 0]], changed: [2, 4] }); // prettier-ignore
  expect(lines.text).toContain('b + a');
  const source = (file: string) =>
    get<{ text: string | null }>(api, `/runs/${first}/source?path=${encodeURIComponent(file)}`);
  // Of a run that succeeded the workspace is gone, and the commit knows.
  expect((await source('src/money.js')).text).toContain('a + b');
  for (const outside of ['../pipewright.db', '/etc/passwd', 'src/../../x', '.git/config', 'C:/x', 'no.js'])
    expect((await source(outside)).text).toBeNull();
  // Of one that failed it is kept, and may hold a link that leads out of it.
  const workspace = path.join(api.host.dataDir, 'runs', third, 'workspace');
  symlinkSync(path.join(api.host.dataDir, 'pipewright.db'), path.join(workspace, 'src/link.js'));
  const link = await get<{ text: string | null }>(api, `/runs/${third}/source?path=src/link.js`);
  expect(link.text).toBeNull();
  const kept = await get<{ text: string | null }>(api, `/runs/${third}/source?path=src/extra.js`);
  expect(kept.text).toBe('export const y = 2;\n');
});

it('tells new findings from known ones, and keeps who ignores one until when', async () => {
  await using api = await createApiFixture(REPORTS_PIPELINE);
  const { ids } = await threeRuns(api);
  const [first, third] = [ids[0]!, ids[2]!];
  const view = () => get<FindingsView>(api, `/runs/${third}/findings`);
  const findings = await view();
  expect(findings).toMatchObject({ baseline: { runId: first }, fixed: [], ignored: [] });
  expect(findings.stages[0]?.report.findings).toHaveLength(2);
  expect(findings.new).toHaveLength(1);
  const [fingerprint] = findings.new;
  const place = `/projects/${api.projectId}/findings/ignored`;
  const past = { fingerprint, reason: 'Later', until: '2001-01-01T00:00:00.000Z' };
  expect((await api.call<ApiError>('PUT', place, past)).body.data.code).toBe('usage');
  const wish = { fingerprint, reason: ' Names are fine ', until: null };
  const ignored = await api.call<IgnoredFinding>('PUT', place, wish);
  expect(ignored).toMatchObject({ status: 200, body: { reason: 'Names are fine', until: null } });
  expect(ignored.body.by).not.toBe('');
  expect((await view()).ignored).toEqual([ignored.body]);
  const { text } = await get<{ text: string }>(api, `/runs/${third}/findings/sarif`);
  const sarif = JSON.parse(text) as { runs: { results: { suppressions?: unknown[] }[] }[] };
  expect(sarif.runs[0]?.results.map(({ suppressions }) => suppressions?.length ?? 0).toSorted()).toEqual([
    0, 1,
  ]);
  const removed = await api.call('DELETE', place, { fingerprint });
  expect(removed.body).toEqual({ removed: true });
  expect((await view()).ignored).toEqual([]);
});

it('tells what broke, since when, and who changed what', async () => {
  await using api = await createApiFixture(REPORTS_PIPELINE);
  const { ids } = await threeRuns(api);
  const [first, second, third] = [ids[0]!, ids[1]!, ids[2]!];
  const story = await get<RunStory>(api, `/runs/${third}/story`);
  expect(story).toMatchObject({
    broken: [
      {
        stage: 'unit',
        reason: '1 of 3 tests failed (exit code 1).',
        since: { runId: second },
        lastGood: { runId: first },
      },
    ],
    commits: [{ message: 'Swap the numbers', author: 'Ada' }],
    moreCommits: false,
    before: { runId: second },
    tests: { before: { failed: 1 }, after: { failed: 1 } },
    coverage: { before: { covered: 2 }, after: { covered: 2, total: 4 } },
  });
  expect(story.changedFiles).toContain('src/money.js');
  const broke = await get<RunStory>(api, `/runs/${second}/story`);
  expect(broke).toMatchObject({
    broken: [{ since: null, lastGood: { runId: first } }],
    before: { runId: first },
  });
  const good = await get<RunStory>(api, `/runs/${first}/story`);
  expect(good).toMatchObject({
    broken: [],
    commits: [],
    before: null,
    tests: { before: null, after: { passed: 2 } },
  });
});

it('compares two runs, the earlier one first', async () => {
  await using api = await createApiFixture(REPORTS_PIPELINE);
  const { ids } = await threeRuns(api);
  const [first, second] = [ids[0]!, ids[1]!];
  const comparison = await get<RunComparison>(api, `/runs/${second}/compare/${first}`);
  expect(comparison).toMatchObject({
    before: { id: first },
    after: { id: second },
    stages: [{ id: 'unit', status: { before: 'succeeded', after: 'failed' } }],
    tests: { broken: [{ name: 'rounds' }], fixed: [], added: [], removed: [] },
    coverage: { files: [{ path: 'src/money.js' }] },
    findings: {
      counts: { before: { high: 1 }, after: { high: 2 } },
      new: [{ message: 'Names say nothing' }],
      fixed: [],
    },
  });
  expect(comparison.environment.map(({ name }) => name)).toEqual(['commit', 'branch']);
});

it('shows trends, what the results are made of, and the whole run as one page', async () => {
  await using api = await createApiFixture(REPORTS_PIPELINE);
  const { ids } = await threeRuns(api);
  const third = ids[2]!;
  const series = await get<MetricSeries[]>(
    api,
    `/projects/${api.projectId}/metrics?pipelineFile=${api.file}`,
  );
  const trend = (name: string) => series.find((one) => one.name === name)?.points.map(({ value }) => value);
  expect(trend('tests.failed')).toEqual([0, 1, 1]);
  expect(trend('coverage.lines')).toEqual([100, 66.66, 50]);
  expect(trend('findings.total')).toEqual([1, 2, 2]);
  expect(trend('run.duration-ms')).toHaveLength(3);
  const supply = await get<SupplyChain>(api, `/runs/${third}/supply-chain`);
  expect(supply.bills[0]?.sbom.components).toMatchObject([{ name: 'big.js', licenses: ['MIT'] }]);
  const { text } = await get<{ text: string }>(api, `/runs/${third}/report.html`);
  expect(text).toContain('What broke');
  expect(text).toContain('expected 2 &lt;script&gt;');
  expect(text).not.toMatch(/<script|https?:\/\/(?!example)/);
  for (const word of ['Swap the numbers', 'Names say nothing', 'big.js', 'src/extra.js'])
    expect(text).toContain(word);
});
