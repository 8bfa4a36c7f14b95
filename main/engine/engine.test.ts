import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/lib/app-error.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { stageIdOf } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { createMemoryEngine, settle } from '#test/support/memory-engine.ts';
import { plan, scriptStep, stage } from '#test/support/plans.ts';

const exits = (exitCode: number): Outcome => ({ type: 'failed', exitCode, signal: null, message: null });

const told = (events: readonly RunEvent[]): string[] =>
  events.map((event) =>
    'stage' in event && event.stage !== null
      ? `${event.type} ${event.stage}${event.type === 'stage-finished' ? ` ${event.status}` : ''}`
      : `${event.type}${event.type === 'run-finished' ? ` ${event.status}` : ''}`,
  );

const statuses = (state: RunState): Record<string, string> =>
  Object.fromEntries(chunkedToArray(state.stages).map(({ id, status }) => [id, status]));

describe('the engine', () => {
  it('records every fact of a run in order', async () => {
    const { run } = createMemoryEngine();
    const { events } = await run(plan([stage('build'), stage('test', { needs: ['build'] })]));
    expect(told(events)).toEqual([
      'run-created',
      'run-started',
      'attempt-started build',
      'attempt-finished build',
      'stage-finished build succeeded',
      'attempt-started test',
      'attempt-finished test',
      'stage-finished test succeeded',
      'run-finished succeeded',
    ]);
  });

  it('skips what depends on a failure and still runs the rest', async () => {
    const { run } = createMemoryEngine({ script: { a: { outcomes: [exits(3)] } } });
    const { state } = await run(
      plan([stage('a'), stage('b', { needs: ['a'] }), stage('c', { needs: ['b'] }), stage('d')]),
    );
    expect(statuses(state)).toEqual({ a: 'failed', b: 'skipped', c: 'skipped', d: 'succeeded' });
    expect(state.status).toBe('failed');
    expect(chunkedToArray(state.stages)[1]?.reason).toEqual({
      type: 'upstream',
      stage: 'a',
      status: 'failed',
    });
  });

  it('goes on after a failure that the file allows', async () => {
    const { run } = createMemoryEngine({ script: { a: { outcomes: [exits(1)] } } });
    const { state } = await run(plan([stage('a', { continueOnError: true }), stage('b', { needs: ['a'] })]));
    expect(statuses(state)).toEqual({ a: 'failed', b: 'succeeded' });
    expect(state.status).toBe('succeeded');
  });

  it('starts a stage as soon as what it needs is done, not level by level', async () => {
    const script = {
      a: { delayMs: 1_000 },
      b: { delayMs: 9_000 },
      c: { delayMs: 9_000 },
      d: { delayMs: 1_000 },
    };
    const { run, clock } = createMemoryEngine({ script });
    const startedAt = clock.now();
    await run(plan([stage('a'), stage('b', { needs: ['a'] }), stage('c'), stage('d', { needs: ['c'] })]));
    expect(clock.now() - startedAt).toBe(10_000);
  });

  it('shares its slots among runs', async () => {
    const script = { a: { delayMs: 1_000 }, b: { delayMs: 1_000 } };
    const { start, clock, engine } = createMemoryEngine({ script, maxParallel: 1 });
    let most = 0;
    const handles = await Promise.all([start(plan([stage('a'), stage('b')])), start(plan([stage('a')]))]);
    engine.subscribe(() => {
      most = Math.max(
        most,
        handles.reduce((sum, handle) => sum + handle.state().counts.running, 0),
      );
    });
    for (let turn = 0; turn < 6; turn += 1) {
      await settle();
      clock.next();
    }
    const ends = await Promise.all(handles.map((handle) => handle.finished));
    expect(ends.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
    expect(most).toBe(1);
  });

  it('ends a stage that takes longer than its timeout', async () => {
    const { run, logs } = createMemoryEngine({ script: { slow: { delayMs: 60_000 } } });
    const { state } = await run(plan([stage('slow', { timeoutMs: 5_000 })]));
    expect(statuses(state)).toEqual({ slow: 'timed-out' });
    expect(state.status).toBe('failed');
    expect(logs.get('slow/1')).toContain('timed out after 5.0s');
  });

  it('ends a run that takes longer than its timeout, which has failed then', async () => {
    const { run } = createMemoryEngine({ script: { slow: { delayMs: 60_000 } } });
    const { state } = await run(plan([stage('slow')], { timeoutMs: 1_000 }));
    expect(statuses(state)).toEqual({ slow: 'cancelled' });
    expect(state.status).toBe('failed');
    expect(state.cancelRequested).toBe('run-timeout');
  });

  it('cancels what runs and what waits, once', async () => {
    const { start, engine, stored } = createMemoryEngine({ script: { a: { delayMs: 60_000 } } });
    const handle = await start(plan([stage('a'), stage('b', { needs: ['a'] })]));
    await settle();
    expect(engine.cancel(handle.runId, 'user')).toBe(true);
    expect(engine.cancel(handle.runId, 'user')).toBe(true);
    const state = await handle.finished;
    expect(statuses(state)).toEqual({ a: 'cancelled', b: 'cancelled' });
    expect(state.status).toBe('cancelled');
    expect(stored.get(handle.runId)?.filter(({ type }) => type === 'cancel-requested')).toHaveLength(1);
    expect(engine.cancel(handle.runId, 'user')).toBe(false);
  });

  it('cancels one stage and skips only what needs it', async () => {
    const { start, engine } = createMemoryEngine({ script: { a: { delayMs: 60_000 } } });
    const handle = await start(plan([stage('a'), stage('b', { needs: ['a'] }), stage('c')]));
    await settle();
    engine.cancel(handle.runId, 'user', stageIdOf('a'));
    const state = await handle.finished;
    expect(statuses(state)).toEqual({ a: 'cancelled', b: 'skipped', c: 'succeeded' });
  });

  it('says why no stage could start when the workspace cannot be prepared', async () => {
    const { run } = createMemoryEngine({
      ports: {
        workspaces: {
          prepare: () => Promise.reject(new AppError('workspace-failed', 'No space left on device')),
          prepareFrom: () => Promise.reject(new Error('not reached')),
          open: () => Promise.reject(new Error('not reached')),
          commandPrefix: () => Promise.reject(new Error('not reached')),
          close: () => Promise.resolve(),
        },
      },
    });
    const { state } = await run(plan([stage('a'), stage('b', { needs: ['a'] })]));
    expect(statuses(state)).toEqual({ a: 'infra-error', b: 'skipped' });
    expect(chunkedToArray(state.stages)[0]?.issues[0]?.message).toBe('No space left on device');
  });

  it('runs steps in order and stops at the first that fails', async () => {
    const { run } = createMemoryEngine({ script: { a: { outcomes: [exits(2)] } } });
    const steps = [scriptStep('true', 'one'), scriptStep('true', 'two')];
    const { state, events } = await run(plan([stage('a', { kind: 'steps', steps })]));
    expect(told(events).filter((line) => line.startsWith('step-'))).toEqual([
      'step-started a',
      'step-finished a',
    ]);
    expect(statuses(state)).toEqual({ a: 'failed' });
  });

  it('leaves no timer behind', async () => {
    const { run, clock } = createMemoryEngine();
    await run(plan([stage('a', { timeoutMs: 1_000 })], { timeoutMs: 9_000 }));
    expect(clock.timers).toBe(0);
  });
});
