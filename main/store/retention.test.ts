import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RunId, runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import { type PipelineLimits, type RetainedRun, selectRuns } from './select-runs.ts';
import { BEGIN, build, createRun, OWNER, planOf, stageFinished, tempStore, test } from './store-fixture.ts';

const DAY = 86_400_000;
const NOW = 1_000 * DAY;
interface Limits extends PipelineLimits {
  readonly maxBytes: number | null;
}
const NO_LIMIT: Limits = { maxAgeMs: null, maxRuns: null, maxBytes: null };
const never = (): boolean => false;

function runOf(id: string, daysOld: number, more: Partial<RetainedRun> = {}): RetainedRun {
  const createdAt = NOW - daysOld * DAY;
  return { runId: runIdOf(id), pipeline: 'a', createdAt, isProtected: false, sizeBytes: 10, ...more };
}

function goes(
  runs: readonly RetainedRun[],
  limits: Partial<Limits>,
  isDeployed: (runId: RunId) => boolean = never,
): string[] {
  const { maxBytes, ...each } = { ...NO_LIMIT, ...limits };
  const selected = selectRuns(runs, { maxBytes, limitsOf: () => each }, NOW, isDeployed);
  return selected.map(({ run, reason }) => `${run.runId} ${reason}`);
}

describe('retention', () => {
  it('lets go what is too old', () => {
    expect(goes([runOf('new', 1), runOf('old', 91)], { maxAgeMs: 90 * DAY })).toEqual(['old age']);
  });

  it('has limits of its own for each pipeline', () => {
    const runs = [runOf('1', 3), runOf('2', 3, { pipeline: 'b' })];
    const limitsOf = (pipeline: string): PipelineLimits => ({
      maxAgeMs: pipeline === 'a' ? DAY : null,
      maxRuns: null,
    });
    const gone = selectRuns(runs, { maxBytes: null, limitsOf }, NOW, never);
    expect(gone.map(({ run }) => run.runId)).toEqual(['1']);
  });

  it('lets go the oldest of each pipeline beyond its number', () => {
    const other = { pipeline: 'b' };
    const runs = [runOf('1', 4), runOf('2', 3), runOf('3', 2), runOf('4', 5, other), runOf('5', 1, other)];
    expect(goes(runs, { maxRuns: 2 })).toEqual(['1 count']);
  });

  it('lets go the oldest of all beyond the size', () => {
    const runs = [runOf('1', 4), runOf('2', 3, { sizeBytes: 100 }), runOf('3', 2), runOf('4', 1)];
    expect(goes(runs, { maxBytes: 35 })).toEqual(['2 size']);
    expect(goes(runs, { maxBytes: 15 })).toEqual(['3 size', '2 size', '1 size']);
  });

  it('keeps active, pinned and deployed runs, and counts them', () => {
    const runs = [runOf('1', 300), runOf('2', 200, { isProtected: true }), runOf('3', 100)];
    expect(goes(runs, { maxAgeMs: 90 * DAY }, (runId) => runId === '3')).toEqual(['1 age']);
    expect(goes(runs, { maxRuns: 1 }, (runId) => runId === '3')).toEqual(['1 count']);
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
      fc.property(fc.array(run), limit, limit, limit, (drafts, maxAgeDays, maxRuns, maxBytes) => {
        const runs = drafts.map(({ id, daysOld, ...more }) => runOf(id, daysOld, more));
        const each = { maxAgeMs: maxAgeDays === null ? null : maxAgeDays * DAY, maxRuns };
        const selected = selectRuns(runs, { maxBytes, limitsOf: () => each }, NOW, never);
        const gone = new Set(selected.map(({ run: { runId } }) => runId));
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
  it('protects pinned, active and interrupted runs, and those that someone holds', () => {
    using temp = tempStore();
    const { store, projectDir } = temp;
    const [active, finished, pinned, interrupted, held] = [1, 2, 3, 4, 5].map((at) =>
      createRun(store, projectDir, { at }),
    );
    for (const run of [finished!, pinned!, held!])
      run.append(1, { type: 'run-finished', status: 'succeeded' });
    interrupted!.append(1, { type: 'run-finished', status: 'interrupted' });
    store.runs.pin(pinned!.runId, true);
    const release = store.runHolds.hold(held!.runId, OWNER);
    const all = [active!, finished!, pinned!, interrupted!, held!];
    expect(all.map(({ runId }) => store.retention.isFree(runId))).toEqual([false, true, false, false, false]);
    const protectedOnes = store.retention.runs().map(({ isProtected }) => isProtected);
    expect(protectedOnes).toEqual([true, false, true, true, false]);
    expect(all.map(({ runId }) => store.retention.remove(runId))).toEqual([false, true, false, false, false]);
    release();
    store.runs.pin(pinned!.runId, false);
    expect([pinned!, held!].map(({ runId }) => store.retention.remove(runId))).toEqual([true, true]);
    expect(() => store.runs.pin(runIdOf('none'), true)).toThrow('none');
  });

  it('frees what dead processes held, and has one process collect at a time', () => {
    using temp = tempStore();
    const { store, projectDir } = temp;
    const { runId, append } = createRun(store, projectDir);
    append(1, { type: 'run-finished', status: 'failed' });
    const other = { ...OWNER, pid: 4712 };
    store.runHolds.hold(runId, OWNER);
    store.runHolds.hold(runId, other);
    store.runHolds.releaseDead(({ pid }) => pid === OWNER.pid);
    expect(store.retention.isFree(runId)).toBe(false);
    store.runHolds.releaseDead(() => false);
    expect(store.retention.isFree(runId)).toBe(true);

    const stop = store.runHolds.startCollecting(OWNER, () => true);
    expect(stop).not.toBeNull();
    expect(store.runHolds.startCollecting(other, () => true)).toBeNull();
    const stopOther = store.runHolds.startCollecting(other, ({ pid }) => pid !== OWNER.pid);
    expect(stopOther).not.toBeNull();
    // Whoever was taken for dead does not end the other's right.
    stop!();
    expect(store.runHolds.startCollecting(OWNER, () => true)).toBeNull();
    stopOther!();
    expect(store.runHolds.startCollecting(OWNER, () => true)).not.toBeNull();
  });

  it('tells what the latest run of each pipeline says in its file', () => {
    using temp = tempStore();
    const { store, projectDir } = temp;
    const said = (runs: number | null, at: number, pipelineFile: string): void => {
      const plan = { ...planOf(['a']), ...(runs !== null && { retention: { ageMs: null, runs } }) };
      createRun(store, projectDir, { at, pipelineFile, plan });
    };
    said(3, 1, 'a.yml');
    said(5, 2, 'a.yml');
    said(5, 1, 'b.yml');
    said(null, 2, 'b.yml');
    const limits = [...store.retention.fileLimits()].map(([pipeline, one]) => [
      pipeline.split('\0')[1],
      one.runs,
    ]);
    expect(limits).toEqual([['a.yml', 5]]);
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
    const find = (...gone: readonly RunId[]) => {
      const going = { runs: new Set(gone), artifacts: [], caches: new Set<number>(), resultsBefore: 0 };
      return [...store.referencedContent(going)].toSorted();
    };
    expect(find()).toEqual([one, two, three, four]);
    expect(find(runs[0]!.runId)).toEqual([two, three, four]);
    store.retention.forgetResults(Infinity);
    expect(find(runs[0]!.runId)).toEqual([two, three]);
  });

  it('gives up artifacts whose time is over, unless their run is kept', () => {
    using temp = tempStore();
    const { store, projectDir } = temp;
    const hash = (digit: number): string => String(digit).repeat(64);
    const artifact = (name: string, digit: number, retentionMs?: number) => ({
      ...{ name, sizeBytes: 1, sha256: hash(digit), fileCount: 1 },
      ...(retentionMs !== undefined && { retentionMs }),
    });
    const [first, pinned] = [0, 1].map((at) => createRun(store, projectDir, { at }));
    const stored = (name: string, digit: number, retentionMs?: number) =>
      ({
        type: 'artifact-stored',
        stage: build,
        attempt: 1,
        artifact: artifact(name, digit, retentionMs),
      }) as const;
    first!.append(0, stored('kept', 1), stored('short', 2, 1_000), stored('long', 3, 5_000));
    const from = { runId: first!.runId, because: 'unchanged', reports: [] } as const;
    first!.append(0, {
      type: 'stage-reused',
      stage: test,
      from: { ...from, artifacts: [artifact('reused', 4, 1_000), artifact('stays', 5)] },
    });
    pinned!.append(0, stored('short', 6, 1_000));
    const result = { runId: first!.runId, stage: build, outputs: {}, reports: [] };
    store.fingerprints.remember('p', 'f', build, {}, { ...result, artifacts: [artifact('short', 2, 1_000)] });
    const now = BEGIN + 2_000;
    const names = () => store.artifactExpiry.due(now).map(({ name }) => name);
    expect(names()).toEqual([]);
    for (const run of [first!, pinned!]) run.append(1, { type: 'run-finished', status: 'succeeded' });
    store.runs.pin(pinned!.runId, true);
    expect(names()).toEqual(['short', 'reused']);
    const going = { runs: new Set<RunId>(), artifacts: [], caches: new Set<number>(), resultsBefore: 0 };
    const referenced = (more: Partial<typeof going> = {}) =>
      [...store.referencedContent({ ...going, ...more })].toSorted();
    const left = [1, 3, 5, 6].map(hash);
    expect(store.referencedContent({ ...going, artifacts: store.artifactExpiry.due(now) }).size).toBe(4);
    expect(referenced()).toEqual([1, 2, 3, 4, 5, 6].map(hash));
    const due = store.artifactExpiry.due(now);
    expect(due.map((one) => store.artifactExpiry.expire(one, now))).toEqual([true, true]);
    expect(due.map((one) => store.artifactExpiry.expire(one, now))).toEqual([false, false]);
    expect(referenced()).toEqual(left);
    const expired = store.runs.artifactsOf(first!.runId).filter(({ isExpired }) => isExpired);
    expect(expired.map((one) => one.artifact.name)).toEqual(['short', 'reused']);
  });

  it('remembers sizes until the run goes on', () => {
    using temp = tempStore();
    const { store, projectDir } = temp;
    const { runId, append } = createRun(store, projectDir);
    const sizes = { logBytes: 1, workspaceBytes: 2, otherBytes: 3 };
    store.runSizes.set(runId, sizes);
    expect(store.runSizes.all().size).toBe(0);
    append(1, { type: 'run-finished', status: 'interrupted' });
    store.runSizes.set(runId, sizes);
    expect(store.runSizes.all().get(runId)).toEqual(sizes);
    append(2, { type: 'run-resumed' });
    expect(store.runSizes.all().size).toBe(0);
    append(3, { type: 'run-finished', status: 'failed' });
    expect(store.runSizes.all().size).toBe(0);
  });
});
