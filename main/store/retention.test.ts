import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RunId, runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import { readCacheLimit, readRetentionPolicy, type RetentionPolicy } from './retention-policy.ts';
import { type RetainedRun, selectRuns } from './select-runs.ts';
import { build, createRun, planOf, stageFinished, tempStore, test } from './store-fixture.ts';

const DAY = 86_400_000;
const NOW = 1_000 * DAY;
const NO_LIMIT: RetentionPolicy = { maxAgeDays: null, maxRunsPerPipeline: null, maxBytes: null };
const never = (): boolean => false;

function runOf(id: string, daysOld: number, more: Partial<RetainedRun> = {}): RetainedRun {
  const createdAt = NOW - daysOld * DAY;
  return { runId: runIdOf(id), pipeline: 'a', createdAt, isProtected: false, sizeBytes: 10, ...more };
}

function goes(
  runs: readonly RetainedRun[],
  policy: Partial<RetentionPolicy>,
  isDeployed: (runId: RunId) => boolean = never,
): string[] {
  const selected = selectRuns(runs, { ...NO_LIMIT, ...policy }, NOW, isDeployed);
  return selected.map(({ run, reason }) => `${run.runId} ${reason}`);
}

describe('retention', () => {
  it('lets go what is too old', () => {
    expect(goes([runOf('new', 1), runOf('old', 91)], { maxAgeDays: 90 })).toEqual(['old age']);
  });

  it('lets go the oldest of each pipeline beyond its number', () => {
    const other = { pipeline: 'b' };
    const runs = [runOf('1', 4), runOf('2', 3), runOf('3', 2), runOf('4', 5, other), runOf('5', 1, other)];
    expect(goes(runs, { maxRunsPerPipeline: 2 })).toEqual(['1 count']);
  });

  it('lets go the oldest of all beyond the size', () => {
    const runs = [runOf('1', 4), runOf('2', 3, { sizeBytes: 100 }), runOf('3', 2), runOf('4', 1)];
    expect(goes(runs, { maxBytes: 35 })).toEqual(['2 size']);
    expect(goes(runs, { maxBytes: 15 })).toEqual(['3 size', '2 size', '1 size']);
  });

  it('keeps active, pinned and deployed runs, and counts them', () => {
    const runs = [runOf('1', 300), runOf('2', 200, { isProtected: true }), runOf('3', 100)];
    expect(goes(runs, { maxAgeDays: 90 }, (runId) => runId === '3')).toEqual(['1 age']);
    expect(goes(runs, { maxRunsPerPipeline: 1 }, (runId) => runId === '3')).toEqual(['1 count']);
  });

  it('leaves what keeps every limit, unless what is protected alone breaks it', () => {
    const run = fc.record({
      id: fc.uuid(),
      daysOld: fc.nat(200),
      pipeline: fc.constantFrom('a', 'b'),
      isProtected: fc.boolean(),
      sizeBytes: fc.nat(50),
    });
    const limit = fc.option(fc.integer({ min: 1, max: 100 }));
    fc.assert(
      fc.property(fc.array(run), limit, limit, limit, (drafts, maxAgeDays, maxRunsPerPipeline, maxBytes) => {
        const runs = drafts.map(({ id, daysOld, ...more }) => runOf(id, daysOld, more));
        const policy = { maxAgeDays, maxRunsPerPipeline, maxBytes };
        const gone = new Set(selectRuns(runs, policy, NOW, never).map(({ run: { runId } }) => runId));
        const left = runs.filter(({ runId }) => !gone.has(runId));
        expect(left.filter((one) => one.isProtected)).toEqual(runs.filter((one) => one.isProtected));
        const free = left.filter((one) => !one.isProtected);
        const size = left.reduce((sum, one) => sum + one.sizeBytes, 0);
        for (const one of free)
          expect(NOW - one.createdAt).toBeLessThanOrEqual((maxAgeDays ?? Infinity) * DAY);
        const newest = Math.max(...free.map(({ createdAt }) => createdAt));
        const older = left.filter((one) => one.isProtected && one.createdAt <= newest);
        const olderBytes = older.reduce((sum, one) => sum + one.sizeBytes, 0);
        if (free.length > 0) expect(size - olderBytes).toBeLessThanOrEqual(maxBytes ?? Infinity);
      }),
    );
  });
});

describe('what retention asks of the store', () => {
  it('protects pinned and active runs', () => {
    using temp = tempStore();
    const { store, projectDir } = temp;
    const [active, finished, pinned] = [1, 2, 3].map((at) => createRun(store, projectDir, { at }));
    for (const run of [finished!, pinned!]) run.append(1, { type: 'run-finished', status: 'succeeded' });
    store.runs.pin(pinned!.runId, true);
    const isFree = [active, finished, pinned].map((run) => store.retention.isFree(run!.runId));
    expect(isFree).toEqual([false, true, false]);
    expect(store.retention.runs().map(({ isProtected }) => isProtected)).toEqual([true, false, true]);
    store.runs.pin(pinned!.runId, false);
    expect(store.retention.isFree(pinned!.runId)).toBe(true);
    expect(() => store.runs.pin(runIdOf('none'), true)).toThrow('none');
  });

  it('knows a run as deployed when a stage with an environment succeeded', () => {
    using temp = tempStore();
    const { store, projectDir } = temp;
    const plan = planOf(['build', 'test']);
    const deploying = {
      ...plan,
      stages: plan.stages.map((stage) => ({
        ...stage,
        environment: stage.id === test ? 'production' : null,
      })),
    };
    const deployed = [
      [stageFinished(build, 'succeeded')],
      [stageFinished(test, 'failed')],
      [stageFinished(test, 'succeeded')],
      [stageFinished(stageIdOf('test[region=eu]'), 'succeeded')],
    ].map((events, at) => {
      const run = createRun(store, projectDir, { at, plan: deploying });
      run.append(1, ...events);
      return store.retention.isDeployed(run.runId);
    });
    expect(deployed).toEqual([false, false, true, true]);
  });

  it('finds every hash that events, results and caches name, but those of runs that go', () => {
    using temp = tempStore();
    const { store, projectDir } = temp;
    const [one, two, three, four] = ['1', '2', '3', '4'].map((digit) => digit.repeat(64)) as [
      string,
      string,
      string,
      string,
    ];
    const artifact = (sha256: string) => ({ name: 'p', sizeBytes: 1, sha256, fileCount: 1 });
    const runs = [one, two].map((sha256) => {
      const run = createRun(store, projectDir);
      run.append(1, { type: 'artifact-stored', stage: build, attempt: 1, artifact: artifact(sha256) });
      return run;
    });
    store.caches.add('p', 'x', 'k', { sha256: three, sizeBytes: 1 });
    const result = {
      runId: runs[0]!.runId,
      stage: build,
      outputs: {},
      artifacts: [artifact(four)],
      reports: [],
    };
    store.fingerprints.remember('p', 'f', build, { a: '1' }, result);
    expect([...store.retention.referencedContent(new Set())].toSorted()).toEqual([one, two, three, four]);
    const without = new Set([runs[0]!.runId]);
    expect([...store.retention.referencedContent(without)].toSorted()).toEqual([two, three, four]);
    store.retention.forgetResults(Infinity);
    expect([...store.retention.referencedContent(without)].toSorted()).toEqual([two, three]);
  });

  it('has limits unless others are set', () => {
    using temp = tempStore();
    const { settings } = temp.store;
    const defaults = { maxAgeDays: 90, maxRunsPerPipeline: 200, maxBytes: 20e9 };
    expect(readRetentionPolicy(settings)).toEqual(defaults);
    settings.set('retention', { maxAgeDays: null, maxBytes: 5 });
    expect(readRetentionPolicy(settings)).toEqual({ ...defaults, maxAgeDays: null, maxBytes: 5 });
    settings.set('retention', 'nonsense');
    expect(readRetentionPolicy(settings)).toEqual(defaults);
    expect(readCacheLimit(settings)).toBe(5e9);
    settings.set('caches.maxBytes', 7);
    expect(readCacheLimit(settings)).toBe(7);
  });
});
