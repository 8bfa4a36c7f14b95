import { expect, it } from 'vitest';
import { chunkedGet } from '#shared/lib/chunked.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import type { RunHandle } from '#main/engine/engine.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { hasBreakpoint } from '#shared/run/pause.ts';
import { foldRun } from '#shared/run/reduce-run.ts';
import type { StageState } from '#shared/run/run-state.ts';
import { createMemoryEngine, type MemoryEngine, settle } from '#test/support/memory-engine.ts';
import { plan, scriptStep, stage } from '#test/support/plans.ts';

const FAILED: Outcome = { type: 'failed', exitCode: 1, signal: null, message: null };
const UNIT = stageIdOf('unit');

function startPausing({ engine }: MemoryEngine, planned: Plan): Promise<RunHandle> {
  return engine.start({
    ...{ projectDir: '/project', pipelineFile: 'pipewright.yml', plan: planned, maxParallel: 4 },
    trigger: { type: 'manual' },
    pauseOnFailure: true,
  });
}

const startStopping = ({ engine }: MemoryEngine, planned: Plan): Promise<RunHandle> =>
  engine.start({
    ...{ projectDir: '/project', pipelineFile: 'pipewright.yml', plan: planned, maxParallel: 4 },
    trigger: { type: 'manual' },
    breakpoints: [UNIT, stageIdOf('gone')],
  });

const typesOf = ({ stored }: MemoryEngine, { runId }: RunHandle): string[] =>
  (stored.get(runId) ?? []).map(({ type }) => type);

const stageOf = (handle: RunHandle): StageState => chunkedGet(handle.state().stages, 0);

async function untilPaused(handle: RunHandle): Promise<void> {
  while (stageOf(handle).attempts.at(-1)?.paused === undefined) await settle();
  await settle();
}

it('keeps a stage that failed until it is told to go on, and runs the others meanwhile', async () => {
  const memory = createMemoryEngine({ script: { unit: { outcomes: [FAILED] } } });
  const handle = await startPausing(
    memory,
    plan([stage('unit'), stage('lint'), stage('pack', { needs: ['unit'] })]),
  );
  await untilPaused(handle);
  expect(handle.state().counts).toMatchObject({ running: 1, succeeded: 1, pending: 1 });
  expect(memory.engine.continueAttempt(handle.runId, UNIT)).toBe(true);
  const state = await handle.finished;
  expect(state.counts).toMatchObject({ failed: 1, succeeded: 1, skipped: 1 });
  expect(typesOf(memory, handle)).toEqual(
    expect.arrayContaining(['attempt-paused', 'attempt-continued', 'attempt-finished']),
  );
  expect(memory.engine.continueAttempt(handle.runId, UNIT)).toBe(false);
});

it('pauses before the steps that clean up after the failure, and each try once', async () => {
  const memory = createMemoryEngine({ script: { unit: { outcomes: [FAILED] } } });
  const steps = [scriptStep('false', 'test'), { ...scriptStep('true', 'tidy'), condition: 'failure()' }];
  const retry = {
    max: 1,
    backoff: 'constant',
    delayMs: 0,
    maxDelayMs: 0,
    jitter: 0,
    on: ['failed'],
  } as const;
  const handle = await startPausing(memory, plan([stage('unit', { kind: 'steps', steps, retry })]));
  const stop = memory.engine.subscribe((runId, events) => {
    for (const event of events)
      if (event.type === 'attempt-paused')
        expect(memory.engine.continueAttempt(runId, event.stage)).toBe(true);
  });
  await untilFinished(memory, handle);
  stop();
  const steppedTypes = typesOf(memory, handle).filter((type) => /^(attempt|step)-/.test(type));
  const once = [
    'attempt-started',
    'step-started',
    'step-finished',
    'attempt-paused',
    'attempt-continued',
    'step-started',
    'step-finished',
    'attempt-finished',
  ];
  expect(steppedTypes).toEqual([...once, ...once]);
});

it('ends a paused stage when it is cancelled', async () => {
  const memory = createMemoryEngine({ script: { unit: { outcomes: [FAILED] } } });
  const handle = await startPausing(memory, plan([stage('unit')]));
  await untilPaused(handle);
  memory.engine.cancel(handle.runId, 'user');
  expect((await handle.finished).status).toBe('cancelled');
});

it('takes no time from the stage while it is paused', async () => {
  const memory = createMemoryEngine({ script: { unit: { outcomes: [FAILED] } } });
  const handle = await startPausing(memory, plan([stage('unit', { timeoutMs: 60_000 })]));
  await untilPaused(handle);
  expect(memory.clock.timers).toBe(0);
  memory.engine.continueAttempt(handle.runId, UNIT);
  expect((await handle.finished).counts).toMatchObject({ failed: 1, 'timed-out': 0 });
  expect(memory.clock.timers).toBe(0);
});

it('does not pause what may fail, nor in a run that was not asked to', async () => {
  const memory = createMemoryEngine({ script: { unit: { outcomes: [FAILED] } } });
  const steps = [{ ...scriptStep('false'), continueOnError: true }];
  const lenient = await startPausing(memory, plan([stage('unit', { steps })]));
  expect((await lenient.finished).status).toBe('succeeded');
  const { events } = await memory.run(plan([stage('unit')]));
  expect(events.map(({ type }) => type)).not.toContain('attempt-paused');
});

it('is known to whoever folds the events, and forgotten with the end of the attempt', async () => {
  const memory = createMemoryEngine({ script: { unit: { outcomes: [FAILED] } } });
  const handle = await startPausing(memory, plan([stage('unit')]));
  await untilPaused(handle);
  const paused = foldRun(memory.stored.get(handle.runId) ?? []);
  expect(paused).toEqual(handle.state());
  expect(paused?.pauseOnFailure).toBe(true);
  memory.engine.continueAttempt(handle.runId, UNIT);
  await handle.finished;
  expect(stageOf(handle).attempts[0]).not.toHaveProperty('paused');
});

it('waits at a breakpoint before the first step of each try, in its place, and goes on when it is told to', async () => {
  const memory = createMemoryEngine();
  const handle = await startStopping(memory, plan([stage('unit'), stage('lint')]));
  await untilPaused(handle);
  expect(typesOf(memory, handle).filter((type) => type === 'attempt-started')).toHaveLength(2);
  expect(stageOf(handle).attempts[0]).toMatchObject({ paused: { outcome: null }, outcome: null, steps: [] });
  expect(handle.state().counts).toMatchObject({ running: 1, succeeded: 1 });
  expect(memory.engine.continueAttempt(handle.runId, UNIT)).toBe(true);
  expect((await handle.finished).status).toBe('succeeded');
  expect(memory.logs.get('unit/1')).toContain('paused at a breakpoint');
});

it('waits at a breakpoint of a matrix with each of its legs', async () => {
  const memory = createMemoryEngine();
  const leg = (node: string) => stage(`unit[node=${node}]`, { leg: { of: UNIT, values: { node } } });
  const legs = [leg('22'), leg('24')];
  expect(legs.map((each) => hasBreakpoint({ breakpoints: [UNIT] }, each))).toEqual([true, true]);
  const ids = legs.map(({ id }) => id);
  const matrix = { legs: ids, template: null, maxParallel: null, failFast: true };
  const handle = await startStopping(
    memory,
    plan([...legs, stage('unit', { kind: 'matrix', steps: [], needs: ids, matrix })]),
  );
  await untilPaused(handle);
  expect(handle.state().counts.running).toBe(2);
  for (const id of ids) expect(memory.engine.continueAttempt(handle.runId, id)).toBe(true);
  expect((await handle.finished).status).toBe('succeeded');
});

it('runs nothing of a stage that is cancelled at its breakpoint, not even what cleans up', async () => {
  const memory = createMemoryEngine();
  const steps = [scriptStep('true', 'test'), { ...scriptStep('true', 'tidy'), condition: 'always()' }];
  const handle = await startStopping(memory, plan([stage('unit', { kind: 'steps', steps })]));
  await untilPaused(handle);
  memory.engine.cancel(handle.runId, 'user');
  expect((await handle.finished).status).toBe('cancelled');
  expect(typesOf(memory, handle)).not.toContain('step-started');
});

async function untilFinished({ clock }: MemoryEngine, { finished }: RunHandle): Promise<void> {
  let isDone = false;
  void finished.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await settle();
    clock.next();
  }
}
