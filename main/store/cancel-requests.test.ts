import { expect, it } from 'vitest';
import { runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import { openStore } from './open-store.ts';
import { createRun, tempDir } from './store-fixture.ts';

it('hands a request to the host that runs the run, once', () => {
  using temp = tempDir();
  const asking = openStore(temp.dir);
  const owner = openStore(temp.dir);
  const run = createRun(owner, temp.dir, { stages: ['build'] });
  expect(asking.cancelRequests.add({ runId: run.runId, stage: stageIdOf('build') })).toBe(true);
  expect(asking.cancelRequests.add({ runId: run.runId, stage: stageIdOf('build') })).toBe(true);
  expect(owner.cancelRequests.take(() => false)).toEqual([]);
  expect(owner.cancelRequests.take((id) => id === run.runId)).toEqual([{ runId: run.runId, stage: 'build' }]);
  expect(owner.cancelRequests.take(() => true)).toEqual([]);
  asking.close();
  owner.close();
});

it('refuses a request for a run that is not active', () => {
  using temp = tempDir();
  const store = openStore(temp.dir);
  const run = createRun(store, temp.dir, { stages: ['build'] });
  run.append(1, { type: 'run-started' });
  run.append(2, { type: 'run-finished', status: 'succeeded' });
  expect(store.cancelRequests.add({ runId: run.runId, stage: null })).toBe(false);
  expect(store.cancelRequests.add({ runId: runIdOf('nothere'), stage: null })).toBe(false);
  store.close();
});
