import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RunSummary } from '#shared/api/schemas.ts';
import { runIdOf } from '#shared/lib/ids.ts';
import type { RunQuery } from './list-runs.ts';
import { build, createRun, OWNER, stageFinished, tempStore, testReport } from './store-fixture.ts';

const OTHER = { hostId: 'host-b', pid: 1, startedAt: 2 };

it('says that a run is not there', () => {
  using temp = tempStore();
  const missing = runIdOf('0000000000000000');
  expect(() => temp.store.runs.get(missing)).toThrow(expect.objectContaining({ code: 'run-not-found' }));
  expect(() => temp.store.runs.owner(missing)).toThrow(expect.objectContaining({ code: 'run-not-found' }));
  expect(temp.store.runs.remove(missing)).toBe(false);
});

it('removes a finished run with all that belongs to it and refuses one that is not finished', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const run = createRun(store, projectDir);
  store.events.saveReport(run.runId, build, 1, 'tests', testReport([['adds', 'failed']]));
  store.events.addProcess(run.runId, 10, 1);
  expect(() => store.runs.remove(run.runId)).toThrow(/is still queued/);
  run.append(1, { type: 'run-started' });
  expect(() => store.runs.remove(run.runId)).toThrow(/is still running/);
  run.append(2, { type: 'run-finished', status: 'succeeded' });
  expect(store.runs.remove(run.runId)).toBe(true);
  expect(store.events.read(run.runId, 0, 10)).toEqual([]);
  expect(store.reports.latest(run.runId, 'tests')).toEqual([]);
  expect(store.testResults.doubtful(run.runId).size).toBe(0);
  expect(store.runs.processesOf(run.runId)).toEqual([]);
});

it('finds the unfinished runs of owners that are gone, and lets one host take each over', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const left = createRun(store, projectDir, { at: 1 });
  left.append(1, { type: 'run-started' });
  const ended = createRun(store, projectDir, { at: 2 });
  ended.append(1, { type: 'run-finished', status: 'cancelled' });
  expect(store.runs.findAbandoned(() => true)).toEqual([]);
  expect(store.runs.findAbandoned(() => false)).toEqual([{ runId: left.runId, owner: OWNER }]);
  expect(store.runs.takeOwnership(left.runId, OTHER, OWNER)).toBe(true);
  expect(store.runs.takeOwnership(left.runId, { ...OTHER, pid: 3 }, OWNER)).toBe(false);
  expect(store.runs.owner(left.runId)).toEqual(OTHER);
});

it('tells what changed since a cursor, once, also after a run was removed', () => {
  using temp = tempStore();
  const { store, projectDir } = temp;
  const first = createRun(store, projectDir, { at: 1 });
  const begin = store.runs.changeCursor();
  expect(store.runs.changedSince(begin)).toEqual({ cursor: begin, runs: [] });
  const second = createRun(store, projectDir, { at: 2 });
  first.append(1, { type: 'run-started' });
  first.append(2, { type: 'attempt-started', stage: build, attempt: 1 });
  const changes = store.runs.changedSince(begin);
  expect(changes.runs.map(({ id, status }) => [id, status])).toEqual([
    [second.runId, 'queued'],
    [first.runId, 'running'],
  ]);
  first.append(3, { type: 'run-finished', status: 'failed' });
  const { cursor } = store.runs.changedSince(changes.cursor);
  store.runs.remove(first.runId);
  second.append(4, stageFinished(build, 'succeeded'));
  expect(store.runs.changedSince(cursor).runs.map(({ id }) => id)).toEqual([second.runId]);
});

const word = fc.constantFrom('Web shop', 'Nightly', 'ÄRGER', 'main', 'feature/login', 'fix #12', 'shop');
const runArbitrary = fc.record({
  name: word,
  pipelineFile: fc.constantFrom('pipewright.yml', '.pipewright/nightly.yml'),
  git: fc.option(
    fc.record({ commit: fc.constantFrom('abc123', 'DEF456'), branch: fc.option(word), message: word }),
  ),
  durationMs: fc.option(fc.integer({ min: 0, max: 3 })),
  inOtherProject: fc.boolean(),
});
const queryArbitrary = fc.record({
  ofProject: fc.boolean(),
  pipelineFile: fc.option(fc.constantFrom('pipewright.yml', '.pipewright/nightly.yml'), { nil: undefined }),
  statuses: fc.option(fc.subarray(['queued', 'running', 'succeeded'] as const), { nil: undefined }),
  text: fc.option(fc.constantFrom('shop', 'ärg', '#1', '#12', 'ABC', 'login', '%', '_', ' ', 'zzz'), {
    nil: undefined,
  }),
  sort: fc.option(fc.constantFrom('newest', 'oldest', 'longest', 'shortest'), { nil: undefined }),
  offset: fc.nat(4),
  limit: fc.integer({ min: 1, max: 6 }),
});

function listNaively(all: readonly RunSummary[], query: RunQuery): { runs: RunSummary[]; total: number } {
  const text = query.text?.trim().toLowerCase() ?? '';
  const matching = all.filter((run) => {
    const fields = [run.name, `#${run.number}`, run.git?.branch, run.git?.commit, run.git?.message];
    return (
      (query.projectId === undefined || run.projectId === query.projectId) &&
      (query.pipelineFile === undefined || run.pipelineFile === query.pipelineFile) &&
      (!query.statuses?.length || query.statuses.includes(run.status)) &&
      fields.some((field) => field?.toLowerCase().includes(text))
    );
  });
  const newest = matching.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const duration = (run: RunSummary, without: number): number => run.durationMs ?? without;
  const sorted = {
    newest,
    oldest: newest.toReversed(),
    longest: newest.toSorted((a, b) => duration(b, -1) - duration(a, -1)),
    shortest: newest.toSorted((a, b) => duration(a, 9) - duration(b, 9)),
  }[query.sort ?? 'newest'];
  const offset = query.offset ?? 0;
  return { runs: sorted.slice(offset, offset + (query.limit ?? 100)), total: matching.length };
}

it('filters, sorts and pages as a plain walk over all runs would', () => {
  fc.assert(
    fc.property(
      fc.array(runArbitrary, { maxLength: 15 }),
      fc.array(queryArbitrary, { maxLength: 8 }),
      (runs, queries) => {
        using temp = tempStore();
        const { store, projectDir, dataDir } = temp;
        const all = runs.map(({ durationMs, inOtherProject, ...run }, index) => {
          const stored = createRun(store, inOtherProject ? dataDir : projectDir, {
            ...run,
            at: index * 1_000,
          });
          if (index % 3 > 0) stored.append(1, { type: 'run-started' });
          if (index % 3 > 0 && durationMs !== null)
            stored.append(1 + durationMs, { type: 'run-finished', status: 'succeeded' });
          return store.runs.get(stored.runId);
        });
        const { id } = store.projects.add(projectDir);
        for (const { ofProject, ...rest } of queries) {
          const query = ofProject ? { ...rest, projectId: id } : rest;
          expect(store.runs.list(query)).toEqual(listNaively(all, query));
        }
      },
    ),
    { numRuns: 25 },
  );
});
