import { describe, expect, it } from 'vitest';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import type { PlannedRetry, PlannedStage } from '#shared/pipeline/plan.ts';
import type { RunEvent } from '#shared/run/events.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { foldRun } from '#shared/run/reduce-run.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { createMemoryEngine, settle } from '#test/support/memory-engine.ts';
import { plan, scriptStep, stage } from '#test/support/plans.ts';

const FAILED: Outcome = { type: 'failed', exitCode: 1, signal: null, message: null };

const statuses = (state: RunState): Record<string, string> =>
  Object.fromEntries(chunkedToArray(state.stages).map(({ id, status }) => [id, status]));

const typesOf = (events: readonly RunEvent[], id: string): string[] =>
  events.filter((event) => 'stage' in event && event.stage === id).map(({ type }) => type);

describe('conditions', () => {
  const failing = { script: { a: { outcomes: [FAILED] } } };

  it.each([
    ['always()', 'succeeded'],
    ['failure()', 'succeeded'],
    ['!success()', 'succeeded'],
    ['success()', 'skipped'],
    ["inputs.x == 'y'", 'skipped'],
    ['cancelled()', 'skipped'],
  ])('after a failure a stage with `%s` is %s', async (condition, expected) => {
    const { run } = createMemoryEngine(failing);
    const stages = [stage('a'), stage('b', { needs: ['a'] }), stage('c', { needs: ['b'], condition })];
    const { state } = await run(plan(stages, { inputs: { x: 'y' } }));
    expect(statuses(state)).toEqual({ a: 'failed', b: 'skipped', c: expected });
  });

  it.each([
    ["inputs.x == 'y'", 'succeeded'],
    ["inputs.x == 'z'", 'skipped'],
    ["needs.a.outputs.none == ''", 'succeeded'],
    ['failure()', 'skipped'],
  ])('after a success a stage with `%s` is %s', async (condition, expected) => {
    const { run } = createMemoryEngine();
    const stages = [stage('a'), stage('b', { needs: ['a'], condition })];
    const { state } = await run(plan(stages, { inputs: { x: 'y' } }));
    expect(statuses(state)).toEqual({ a: 'succeeded', b: expected });
    expect(state.status).toBe('succeeded');
  });

  it('fails the stage whose condition cannot be evaluated, with the expression', async () => {
    const { run } = createMemoryEngine();
    const { state } = await run(plan([stage('a', { condition: "fromJSON('{') == 1" })]));
    expect(statuses(state)).toEqual({ a: 'failed' });
    expect(JSON.stringify(chunkedToArray(state.stages)[0]?.attempts)).toContain('fromJSON');
  });

  it('runs what asks for it after a cancellation, and nothing else', async () => {
    const { start, engine } = createMemoryEngine({ script: { a: { delayMs: 60_000 } } });
    const handle = await start(
      plan([
        stage('a'),
        stage('b', { needs: ['a'] }),
        stage('clean', { needs: ['b'], condition: 'always()' }),
      ]),
    );
    await settle();
    engine.cancel(handle.runId, 'user');
    const state = await handle.finished;
    expect(statuses(state)).toEqual({ a: 'cancelled', b: 'cancelled', clean: 'succeeded' });
    expect(state.status).toBe('cancelled');
  });

  it('runs a step after a failure when its condition says so, and keeps the failure', async () => {
    const outcomes: Outcome[] = [FAILED];
    let calls = 0;
    const { run } = createMemoryEngine({
      executor: {
        name: 'counting',
        execute: () => Promise.resolve(outcomes[calls++] ?? { type: 'succeeded' }),
        readCommandFiles: () => Promise.resolve({}),
        release: () => Promise.resolve(),
      },
    });
    const steps = [
      scriptStep('false', 'one'),
      scriptStep('true', 'two'),
      { ...scriptStep('true', 'three'), condition: 'failure()' },
    ];
    const { state, events } = await run(plan([stage('a', { kind: 'steps', steps })]));
    expect(statuses(state)).toEqual({ a: 'failed' });
    expect(events.flatMap((event) => (event.type === 'step-started' ? [event.step] : []))).toEqual([
      'one',
      'three',
    ]);
  });
});

describe('fail-fast of a run', () => {
  it('ends what runs and fails the run, not cancels it', async () => {
    const { run } = createMemoryEngine({ script: { a: { outcomes: [FAILED] }, b: { delayMs: 60_000 } } });
    const { state } = await run(plan([stage('a'), stage('b')], { failFast: true }));
    expect(statuses(state)).toEqual({ a: 'failed', b: 'cancelled' });
    expect(state.status).toBe('failed');
  });
});

describe('retries', () => {
  const retry: PlannedRetry = {
    max: 2,
    backoff: 'exponential',
    delayMs: 1_000,
    maxDelayMs: 60_000,
    jitter: 0,
    on: ['failed'],
  };

  it('try again after growing delays, without a slot meanwhile', async () => {
    const { run, clock } = createMemoryEngine({
      script: { a: { outcomes: [FAILED, FAILED, { type: 'succeeded' }] } },
    });
    const startedAt = clock.now();
    const { state, events } = await run(plan([stage('a', { retry })]));
    expect(statuses(state)).toEqual({ a: 'succeeded' });
    expect(chunkedToArray(state.stages)[0]?.attempts.map(({ outcome }) => outcome?.type)).toEqual([
      'failed',
      'failed',
      'succeeded',
    ]);
    expect(clock.now() - startedAt).toBe(3_000);
    expect(foldRun(events)).toEqual(state);
  });

  it('end with the last failure, and do not try what they do not name', async () => {
    const failing = { outcomes: [FAILED] };
    const timedOut: Outcome = { type: 'infra-error', error: { code: 'spawn-failed', message: 'no shell' } };
    const { run } = createMemoryEngine({ script: { a: failing, b: { outcomes: [timedOut] } } });
    const { state } = await run(plan([stage('a', { retry }), stage('b', { retry })]));
    expect(statuses(state)).toEqual({ a: 'failed', b: 'infra-error' });
    expect(chunkedToArray(state.stages).map(({ attempts }) => attempts.length)).toEqual([3, 1]);
  });

  it('stop when the run is cancelled while they wait', async () => {
    const { start, engine, clock } = createMemoryEngine({ script: { a: { outcomes: [FAILED] } } });
    const handle = await start(plan([stage('a', { retry })]));
    while (handle.state().counts.queued === 0) await settle();
    engine.cancel(handle.runId, 'user');
    expect((await handle.finished).status).toBe('cancelled');
    expect(clock.timers).toBe(0);
  });
});

describe('a matrix', () => {
  const leg = (name: string, options: Partial<PlannedStage> = {}): PlannedStage =>
    stage(`m[${name}]`, { ...options, needs: [], leg: { values: { name }, of: stageIdOf('m') } });
  const group = (names: string[], options: { failFast?: boolean; maxParallel?: number } = {}): PlannedStage =>
    stage('m', {
      kind: 'matrix',
      steps: [],
      needs: names.map((name) => `m[${name}]`),
      matrix: {
        failFast: options.failFast ?? true,
        maxParallel: options.maxParallel ?? null,
        legs: names.map((name) => stageIdOf(`m[${name}]`)),
        template: null,
      },
    });

  it('ends with its legs, and others wait for all of them', async () => {
    const { run } = createMemoryEngine();
    const { state, events } = await run(
      plan([leg('a'), leg('b'), group(['a', 'b']), stage('z', { needs: ['m'] })]),
    );
    expect(statuses(state)).toEqual({
      'm[a]': 'succeeded',
      'm[b]': 'succeeded',
      m: 'succeeded',
      z: 'succeeded',
    });
    expect(typesOf(events, 'm')).toEqual(['stage-finished']);
  });

  it('ends the other legs when one fails, unless fail-fast is off', async () => {
    const script = { 'm[a]': { outcomes: [FAILED] }, 'm[b]': { delayMs: 60_000 } };
    const fast = await createMemoryEngine({ script }).run(plan([leg('a'), leg('b'), group(['a', 'b'])]));
    expect(statuses(fast.state)).toEqual({ 'm[a]': 'failed', 'm[b]': 'cancelled', m: 'failed' });
    expect(fast.state.status).toBe('failed');
    const slow = await createMemoryEngine({ script }).run(
      plan([leg('a'), leg('b'), group(['a', 'b'], { failFast: false })]),
    );
    expect(statuses(slow.state)).toEqual({ 'm[a]': 'failed', 'm[b]': 'succeeded', m: 'failed' });
  });

  it('runs no more legs at once than it says', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const script = Object.fromEntries(names.map((name) => [`m[${name}]`, { delayMs: 100 }]));
    const { run, clock } = createMemoryEngine({ script });
    const startedAt = clock.now();
    await run(plan([...names.map((name) => leg(name)), group(names, { maxParallel: 2 })]), 8);
    expect(clock.now() - startedAt).toBe(200);
  });
});

describe('slots', () => {
  it('are taken by as many as a stage says', async () => {
    const script = { a: { delayMs: 100 }, b: { delayMs: 100 }, c: { delayMs: 100 } };
    const { run, clock } = createMemoryEngine({ script });
    const startedAt = clock.now();
    await run(plan([stage('a', { slots: 3 }), stage('b'), stage('c', { slots: 9 })]), 4);
    expect(clock.now() - startedAt).toBe(200);
  });
});

describe('approvals', () => {
  const approval = { message: 'Ship?', allowed: ['Kim'], timeoutMs: 60_000, onTimeout: 'reject' } as const;
  const stages = [stage('ask', { kind: 'approval', steps: [], approval }), stage('ship', { needs: ['ask'] })];
  const ask = stageIdOf('ask');

  it('wait without a slot until someone who may says yes', async () => {
    const { start, engine } = createMemoryEngine({ maxParallel: 1 });
    const handle = await start(plan([...stages, stage('other')]), 1);
    while (handle.state().counts.succeeded === 0) await settle();
    expect(statuses(handle.state())).toEqual({
      ask: 'waiting-approval',
      ship: 'pending',
      other: 'succeeded',
    });
    const yes = { decision: 'approved', by: 'kim', comment: 'go' } as const;
    expect(() => engine.decideApproval(handle.runId, ask, { ...yes, by: 'Lee' })).toThrow(
      'Lee may not decide this.',
    );
    expect(engine.decideApproval(handle.runId, ask, yes)).toBe(true);
    expect(engine.decideApproval(handle.runId, ask, yes)).toBe(false);
    const state = await handle.finished;
    expect(state.status).toBe('succeeded');
    expect(chunkedToArray(state.stages)[0]?.approval).toMatchObject({
      decision: 'approved',
      by: 'kim',
      comment: 'go',
    });
  });

  it('fail the stage when someone says no, or nobody says anything in time', async () => {
    const { start, engine } = createMemoryEngine();
    const handle = await start(plan(stages));
    while (handle.state().counts['waiting-approval'] === 0) await settle();
    engine.decideApproval(handle.runId, ask, { decision: 'rejected', by: 'Kim', comment: null });
    expect(statuses(await handle.finished)).toEqual({ ask: 'failed', ship: 'skipped' });
    const { run, clock } = createMemoryEngine();
    const late = await run(plan(stages));
    expect(statuses(late.state)).toEqual({ ask: 'failed', ship: 'skipped' });
    expect(clock.timers).toBe(0);
  });
});

describe('an interrupted run', () => {
  it('goes on where it stopped: what finished stays, what ran is tried again', async () => {
    const script = { b: { delayMs: 60_000 } };
    const first = createMemoryEngine({ script });
    const handle = await first.start(
      plan([stage('a'), stage('b', { needs: ['a'] }), stage('c', { needs: ['b'] })]),
    );
    while (handle.state().counts.running === 0 || handle.state().counts.succeeded === 0) await settle();
    const log = [...(first.stored.get(handle.runId) ?? [])];
    const at = new Date(0).toISOString();
    const outcome: Outcome = { type: 'infra-error', error: { code: 'host-died', message: 'gone' } };
    const { runId } = handle;
    log.push({
      type: 'attempt-finished',
      stage: stageIdOf('b'),
      attempt: 1,
      outcome,
      runId,
      at,
      seq: log.length + 1,
    });
    log.push({ type: 'run-finished', status: 'interrupted', runId, at, seq: log.length + 1 });

    const second = createMemoryEngine();
    second.adopt(runId, log);
    const resumed = second.engine.resume(foldRun(log)!);
    const state = await resumed.finished;
    expect(statuses(state)).toEqual({ a: 'succeeded', b: 'succeeded', c: 'succeeded' });
    expect(chunkedToArray(state.stages).map(({ attempts }) => attempts.length)).toEqual([1, 2, 1]);
    expect(foldRun(second.stored.get(runId) ?? [])).toEqual(state);
    first.engine.cancel(runId, 'user');
  });
});

describe('a rerun', () => {
  it('takes over what the earlier run had finished', async () => {
    const { run } = createMemoryEngine({ script: { b: { outcomes: [FAILED] } } });
    const work = plan([stage('a'), stage('b', { needs: ['a'] })]);
    const { state: earlier } = await run(work);
    const again = createMemoryEngine();
    const handle = await again.engine.start({
      projectDir: '/project',
      pipelineFile: 'pipewright.yml',
      plan: earlier.plan,
      trigger: { type: 'manual' },
      maxParallel: 2,
      reuse: {
        runId: earlier.runId,
        stages: new Map([[stageIdOf('a'), { outputs: { x: '1' }, artifacts: [], reports: [] }]]),
      },
    });
    const state = await handle.finished;
    const [a, b] = chunkedToArray(state.stages);
    expect(a).toMatchObject({
      status: 'succeeded',
      attempts: [],
      outputs: { x: '1' },
      reusedFrom: { because: 'rerun' },
    });
    expect(b).toMatchObject({ status: 'succeeded' });
  });
});

describe('what is settled before a stage starts', () => {
  it('is settled once, also for a stage that has a condition beside', async () => {
    const { run } = createMemoryEngine();
    const approval = { message: 'Go?', allowed: [], timeoutMs: 1_000, onTimeout: 'approve' } as const;
    const stages = [
      stage('locked', { condition: 'true', locks: ['a'] }),
      stage('asked', { condition: 'true', kind: 'approval', approval }),
    ];
    const { events } = await run(plan(stages));
    expect(typesOf(events, 'locked').filter((type) => type === 'stage-queued')).toHaveLength(1);
    expect(typesOf(events, 'asked').filter((type) => type === 'approval-requested')).toHaveLength(1);
  });

  it('ends a leg once when several others have failed at the same time', async () => {
    const outcomes = { outcomes: [FAILED] };
    const { run } = createMemoryEngine({ script: { 'm[n=1]': outcomes, 'm[n=2]': outcomes } });
    const ids = ['m[n=1]', 'm[n=2]', 'm[n=3]'];
    const legs = ids.map((id, n) => stage(id, { leg: { values: { n }, of: stageIdOf('m') } }));
    const matrix = { failFast: true, maxParallel: 2, legs: legs.map(({ id }) => id), template: null };
    const { events, state } = await run(plan([...legs, stage('m', { kind: 'matrix', needs: ids, matrix })]));
    expect(typesOf(events, 'm[n=3]').filter((type) => type === 'stage-finished')).toHaveLength(1);
    expect(state.status).toBe('failed');
  });
});
