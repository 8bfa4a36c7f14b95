import { expect, it } from 'vitest';
import { coverageRatio, sumCoverage } from '#shared/reports/coverage.ts';
import { caseHash } from './case-hash.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { openDatabase } from './open-database.ts';
import { openStore } from './open-store.ts';
import {
  build,
  createRun,
  isoAfter,
  OWNER,
  stageFinished,
  tempDir,
  tempStore,
  test,
  testReport,
  testsReported,
} from './store-fixture.ts';

const key = (name: string) => caseHash({ stage: 'test', suite: 'money', classname: null, name });
const ratio = coverageRatio(1, 2);
const covered = (path: string, hits?: [number, number][]) => ({
  ...{ path, lines: ratio, branches: coverageRatio(0, 0), functions: ratio },
  ...(hits && { hits }),
});

it('gives whole reports of the latest attempt again, and their lists without reading the rest', () => {
  using temp = tempStore();
  const { store } = temp;
  const { runId } = createRun(store, temp.projectDir);
  const failed = { message: 'no\nat all', details: 'trace', stdout: 'x'.repeat(70_000) };
  const report = testReport([
    ['adds', 'passed'],
    ['rounds', 'failed', failed],
  ]);
  store.events.saveReport(runId, test, 1, 'tests', testReport([['old', 'failed']]));
  store.events.saveReport(runId, test, 2, 'tests', report);
  const [head, ...others] = store.reports.latest(runId, 'tests');
  expect(others).toEqual([]);
  expect(head).toMatchObject({ stage: 'test', attempt: 2, head: { total: 2, failed: 1 } });
  expect(store.reports.whole(head!)).toEqual({ type: 'tests', report });
  expect(store.reports.suites(head!.id)[0]?.cases.map(({ name, message }) => [name, message])).toEqual([
    ['adds', null],
    ['rounds', 'no'],
  ]);
  expect(store.reports.testCase(head!.id, 0, 1)).toEqual(report.suites[0]!.cases[1]);
  expect(store.reports.testCase(head!.id, 0, 2)).toBeNull();

  const coverage = sumCoverage([covered('a.ts', [[1, 0], [2, 7]]), covered('b.ts')]); // prettier-ignore
  store.events.saveReport(runId, test, 2, 'coverage', coverage);
  const [coverageHead] = store.reports.latest(runId, 'coverage');
  const files = store.reports.files(coverageHead!.id);
  expect(files.map((file) => [file.path, file.part])).toEqual([
    ['a.ts', 1],
    ['b.ts', 0],
  ]);
  expect([...store.reports.hits(coverageHead!.id, files)]).toEqual([['a.ts', [[1, 0], [2, 7]]]]); // prettier-ignore
  expect(store.reportHistory.read(runId).map(({ form }) => form)).toEqual([
    { type: 'tests', report },
    { type: 'coverage', report: coverage },
  ]);
});

it('knows what became of a case: its latest attempt, and whether the run made it both ways', () => {
  using temp = tempStore();
  const { store } = temp;
  const { runId } = createRun(store, temp.projectDir);
  const report = (first: 'passed' | 'failed') =>
    testReport([
      ['wavers', first],
      ['breaks', 'errored'],
      ['holds', 'passed'],
      ['rerun', 'passed', { flaky: true }],
    ]);
  store.events.saveReport(runId, test, 1, 'tests', report('failed'));
  store.events.saveReport(runId, test, 2, 'tests', report('passed'));
  const { testResults } = store;
  expect(testResults.outcome(runId, key('wavers'))).toMatchObject({ status: 'passed', isFlaky: true });
  expect(testResults.outcome(runId, key('breaks'))).toMatchObject({ status: 'errored', isFlaky: false });
  expect(testResults.outcome(runId, key('rerun'))).toMatchObject({ status: 'passed', isFlaky: true });
  expect(testResults.outcome(runId, key('none'))).toBeNull();
  expect([...testResults.failing(runId)]).toEqual([key('breaks')]);
  expect(testResults.doubtful(runId)).toEqual(new Set(['wavers', 'breaks', 'rerun'].map(key)));
});

it('gives a reused stage the reports of the latest attempt with all their parts', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const first = createRun(store, projectDir);
  const report = testReport([['rounds', 'failed', { details: 'trace' }]]);
  const metrics = { metrics: [{ name: 'size', value: 3, unit: 'bytes' as const, better: null }] };
  store.events.saveReport(first.runId, test, 1, 'tests', testReport([['old', 'failed']]));
  store.events.saveReport(first.runId, test, 2, 'tests', report);
  store.events.saveReport(first.runId, test, 2, 'metrics', metrics);
  const second = createRun(store, projectDir, { at: 10 });
  const from = { runId: first.runId, because: 'rerun', artifacts: [], reports: [] } as const;
  second.append(1, { type: 'stage-reused', stage: test, from });
  const heads = store.reports.latest(second.runId, 'tests');
  expect(heads.map((head) => store.reports.whole(head).report)).toEqual([report]);
  expect(store.testResults.outcome(second.runId, key('rounds'))).toMatchObject({ status: 'failed' });
  expect(store.metricPoints.ofRun(second.runId)).toMatchObject([{ stage: 'test', name: 'size', value: 3 }]);
});

it('writes the figures of a run as a whole when it ends', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const run = createRun(store, projectDir);
  run.append(1, { type: 'run-started' });
  store.events.saveReport(run.runId, test, 1, 'coverage', sumCoverage([covered('a.ts', [[1, 0], [2, 1]])])); // prettier-ignore
  store.events.saveReport(run.runId, build, 1, 'coverage', sumCoverage([covered('a.ts', [[1, 4], [2, 0]])])); // prettier-ignore
  run.append(2, testsReported(test, 1, 9, 2));
  run.append(500, stageFinished(test, 'failed'), { type: 'run-finished', status: 'failed' });
  const figures = store.metricPoints.ofRun(run.runId).map(({ name, value }) => [name, value]);
  expect(figures).toEqual([
    ['coverage.lines', 100],
    ['run.duration-ms', 499],
    ['tests.failed', 2],
    ['tests.total', 9],
  ]);
  expect(store.runLine.stageStatus(run.runId, 'test')).toBe('failed');
  expect(store.runLine.stageStatus(run.runId, 'build')).toBeNull();
  store.runs.remove(run.runId);
  expect(store.metricPoints.ofRun(run.runId)).toEqual([]);
});

it('reads what an older version stored', () => {
  using temp = tempDir();
  const old = openDatabase(
    temp.dir,
    MIGRATIONS.filter(({ version }) => version <= 10),
  );
  old
    .prepare(
      `INSERT INTO runs (id, number, name, project_id, project_dir, pipeline_file, status, trigger, git, search_text,
       created_at, stage_count, owner_host, owner_pid, owner_started_at, changed)
       VALUES ('r1', 1, 'Shop', 'p', '/p', 'pipewright.yml', 'failed', 'manual', NULL, '', ?, 1, ?, 1, 1, 0)`,
    )
    .run(isoAfter(0), OWNER.hostId);
  const insert = old.prepare(
    'INSERT INTO reports (run_id, stage, attempt, type, body) VALUES (?, ?, 1, ?, ?)',
  );
  const report = testReport([['rounds', 'failed', { details: 'trace' }]]);
  const coverage = sumCoverage([covered('a.ts')]);
  insert.run('r1', 'test', 'tests', JSON.stringify(report));
  insert.run('r1', 'test', 'coverage', JSON.stringify(coverage));
  const event = { type: 'stage-finished', stage: 'test', status: 'failed', runId: 'r1', seq: 9 };
  old.prepare('INSERT INTO events VALUES (?, ?, ?)').run('r1', 9, JSON.stringify(event));
  old.close();

  const store = openStore(temp.dir);
  try {
    const { runs } = store.runs.list({});
    const runId = runs[0]!.id;
    const [tests] = store.reports.latest(runId, 'tests');
    expect(store.reports.whole(tests!).report).toEqual(report);
    expect(tests!.head).toMatchObject({ total: 1, failed: 1 });
    expect(store.reports.suites(tests!.id)[0]?.cases).toMatchObject([{ name: 'rounds', status: 'failed' }]);
    expect(store.reports.testCase(tests!.id, 0, 0)).toEqual(report.suites[0]!.cases[0]);
    const [found] = store.reports.latest(runId, 'coverage');
    expect(store.reports.files(found!.id)).toMatchObject([{ path: 'a.ts', lines: ratio }]);
    expect(store.runLine.stageStatus(runId, 'test')).toBe('failed');
  } finally {
    store.close();
  }
});

it('keeps the decisions about findings by project, the last one about each', () => {
  using temp = tempStore();
  const { ignoredFindings, projects } = temp.store;
  const { id } = projects.add(temp.projectDir);
  const decision = { fingerprint: 'a|b', reason: 'Not reachable', until: null, by: 'Ada', at: isoAfter(0) };
  ignoredFindings.set(id, decision);
  ignoredFindings.set(id, { ...decision, reason: 'Still not' });
  expect(ignoredFindings.list(id)).toEqual([{ ...decision, reason: 'Still not' }]);
  expect(ignoredFindings.remove(id, 'a|b')).toBe(true);
  expect(ignoredFindings.remove(id, 'a|b')).toBe(false);
});
