import { expect, it } from 'vitest';
import { stageIdOf } from '#shared/lib/ids.ts';
import type { ApprovalRequest } from './approval-requests.ts';
import { createRun, OWNER, tempStore } from './store-fixture.ts';

it('hands the first decision for a stage to the host that runs it, once', () => {
  using temp = tempStore();
  const { store } = temp;
  const { runId } = createRun(store, temp.projectDir);
  const request: ApprovalRequest = {
    ...{ runId, stage: stageIdOf('build'), decision: 'approved', by: 'Ann', comment: null },
  };
  expect(store.approvalRequests.add(request)).toBe(true);
  expect(store.approvalRequests.add({ ...request, decision: 'rejected' })).toBe(false);
  expect(store.approvalRequests.take(() => false)).toEqual([]);
  expect(store.approvalRequests.take((id) => id === runId)).toEqual([request]);
  expect(store.approvalRequests.take(() => true)).toEqual([]);
});

it('lets one host claim an interrupted run, and takes the claim of a dead one back', () => {
  using temp = tempStore();
  const { store } = temp;
  const run = createRun(store, temp.projectDir);
  const cursor = store.runs.changeCursor();
  expect(store.runs.claimInterrupted(run.runId, OWNER)).toBe(false);
  run.append(1, { type: 'run-started' });
  run.append(2, { type: 'run-finished', status: 'interrupted' });
  const other = { hostId: 'host-b', pid: 1, startedAt: 2 };
  expect(store.runs.claimInterrupted(run.runId, other)).toBe(true);
  expect(store.runs.claimInterrupted(run.runId, OWNER)).toBe(false);
  expect(store.runs.owner(run.runId)).toEqual(other);
  expect(store.runs.changedSince(cursor).runs).toMatchObject([{ status: 'queued' }]);
  store.runs.unclaim(run.runId);
  expect(store.runs.get(run.runId).status).toBe('interrupted');
});
