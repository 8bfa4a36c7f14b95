import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { build, createRun, stageFinished, tempStore, test, testsReported } from './store-fixture.ts';

it('gives back the events it was given, in order and in pages', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const run = createRun(store, projectDir);
  const events = [
    run.first,
    ...run.append(1, { type: 'run-started' }, { type: 'attempt-started', stage: build, attempt: 1 }),
    ...run.append(5, {
      type: 'summary-written',
      stage: build,
      attempt: 1,
      markdown: 'Übersicht \u0000 \ud83d\ude80 \n"quoted"',
    }),
    ...run.append(9, stageFinished(build, 'succeeded')),
  ];
  expect(store.events.read(run.runId, 0, 100)).toEqual(events);
  expect(store.events.read(run.runId, 1, 2)).toEqual(events.slice(1, 3));
  expect(store.events.lastSeq(run.runId)).toBe(5);
});

it('numbers the runs of a project, however its path is written, and does not reuse a number', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const link = `${projectDir}-link`;
  fs.symlinkSync(projectDir, link);
  const first = createRun(store, projectDir, { at: 1 });
  const second = createRun(store, `${link}${path.sep}`, { at: 2 });
  second.append(1, { type: 'run-started' }, { type: 'run-finished', status: 'succeeded' });
  store.runs.remove(second.runId);
  const third = createRun(store, projectDir, { at: 3 });
  const other = createRun(store, path.dirname(projectDir), { at: 4 });
  const numbers = [first, second, third, other].map(
    ({ first: event }) => event.type === 'run-created' && event.number,
  );
  expect(numbers).toEqual([1, 2, 3, 1]);
});

it('keeps the run row up to date from the events', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const run = createRun(store, projectDir, { stages: ['build', 'test', 'package'] });
  expect(store.runs.get(run.runId)).toMatchObject({ status: 'queued', startedAt: null, stageCount: 3 });
  run.append(100, { type: 'run-started' });
  run.append(200, stageFinished(build, 'succeeded'), stageFinished(test, 'timed-out'));
  expect(store.runs.get(run.runId)).toMatchObject({
    status: 'running',
    durationMs: null,
    finishedStageCount: 2,
    failedStageCount: 1,
    tests: null,
  });
  run.append(1_300, { type: 'run-finished', status: 'failed' });
  expect(store.runs.get(run.runId)).toMatchObject({ status: 'failed', durationMs: 1_200 });
});

it('gives a run that never started no duration', () => {
  using temp = tempStore();
  const run = createRun(temp.store, temp.projectDir);
  run.append(10, { type: 'run-finished', status: 'cancelled' });
  expect(temp.store.runs.get(run.runId)).toMatchObject({
    status: 'cancelled',
    startedAt: null,
    durationMs: null,
  });
});

it('sums the tests of all stages, a later attempt replacing an earlier one', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const run = createRun(store, projectDir);
  run.append(1, testsReported(build, 1, 10, 2, 1), testsReported(test, 1, 5, 0));
  expect(store.runs.get(run.runId).tests).toEqual({ total: 15, failed: 3 });
  run.append(2, testsReported(build, 2, 10, 0), testsReported(build, 2, 4, 1));
  expect(store.runs.get(run.runId).tests).toEqual({ total: 19, failed: 1 });
});

it('lists the artifacts that the latest attempts stored', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const run = createRun(store, projectDir);
  const artifact = { name: 'package', sizeBytes: 10, sha256: 'aa', fileCount: 1 };
  const report = { name: 'report', sizeBytes: 20, sha256: 'bb', fileCount: 2 };
  run.append(1, { type: 'artifact-stored', stage: build, attempt: 1, artifact });
  run.append(2, { type: 'artifact-stored', stage: test, attempt: 1, artifact: report });
  run.append(3, {
    type: 'artifact-stored',
    stage: build,
    attempt: 2,
    artifact: { ...artifact, sha256: 'cc' },
  });
  const kept = { expiresAt: null, isExpired: false };
  expect(store.runs.artifactsOf(run.runId)).toEqual([
    { stage: test, attempt: 1, artifact: report, ...kept },
    { stage: build, attempt: 2, artifact: { ...artifact, sha256: 'cc' }, ...kept },
  ]);
});

it('keeps the processes that may be left', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const run = createRun(store, projectDir);
  store.events.addProcess(run.runId, 10, 1_000.4);
  store.events.addProcess(run.runId, 11, 2_000);
  store.events.removeProcess(run.runId, 10);
  expect(store.runs.processesOf(run.runId)).toEqual([{ pid: 11, spawnedAtMs: 2_000 }]);
});

it('appends all of a batch or nothing', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const run = createRun(store, projectDir);
  const [started] = run.append(1, { type: 'run-started' });
  const finished = { ...stageFinished(build, 'failed'), runId: run.runId, seq: 3, at: started!.at };
  expect(() => store.events.append(run.runId, [finished, started!])).toThrow(/UNIQUE/);
  expect(store.events.lastSeq(run.runId)).toBe(2);
  expect(store.runs.get(run.runId).failedStageCount).toBe(0);
});

it('refuses events of a run that does not exist', () => {
  using temp = tempStore();
  const run = createRun(temp.store, temp.projectDir);
  run.append(1, { type: 'run-finished', status: 'cancelled' });
  temp.store.runs.remove(run.runId);
  expect(() => run.append(2, { type: 'run-started' })).toThrow(/FOREIGN KEY/);
});
