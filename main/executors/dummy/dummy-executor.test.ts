import { describe, expect, it } from 'vitest';
import type { ExecutionRequest } from '#main/engine/ports.ts';
import { runIdOf, stageIdOf } from '#shared/lib/ids.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { createDummyExecutor } from './dummy-executor.ts';

function manualClock() {
  const pending = new Set<() => void>();
  return {
    pending,
    fire: () => [...pending].forEach((callback) => callback()),
    after(_delayMs: number, callback: () => void) {
      const entry = (): void => {
        pending.delete(entry);
        callback();
      };
      pending.add(entry);
      return () => pending.delete(entry);
    },
  };
}

function request(stage: string, attempt = 1) {
  const written: string[] = [];
  const value: ExecutionRequest = {
    runId: runIdOf('run'),
    stage: stageIdOf(stage),
    attempt,
    command: { script: 'true', shell: null },
    cwd: '/',
    commandPrefix: '/',
    env: {},
    graceMs: 0,
    onProcess: () => undefined,
    log: {
      write: (_stream, chunk) => {
        written.push(chunk.toString());
        return undefined;
      },
      close: () => Promise.resolve(),
    },
  };
  return { value, written };
}

const FAILED: Outcome = { type: 'failed', exitCode: 2, signal: null, message: null };
const never = new AbortController().signal;

describe('the dummy executor', () => {
  it('lets a stage succeed that its script does not name', async () => {
    const executor = createDummyExecutor(manualClock());
    expect(await executor.execute(request('build').value, never)).toEqual({ type: 'succeeded' });
  });

  it('gives each attempt its outcome and repeats the last one', async () => {
    const executor = createDummyExecutor(manualClock(), {
      build: { outcomes: [FAILED, { type: 'succeeded' }] },
    });
    const types = [];
    for (const attempt of [1, 2, 3])
      types.push((await executor.execute(request('build', attempt).value, never)).type);
    expect(types).toEqual(['failed', 'succeeded', 'succeeded']);
  });

  it('writes its lines before it ends', async () => {
    const { value, written } = request('build');
    await createDummyExecutor(manualClock(), { build: { output: ['one', 'two'] } }).execute(value, never);
    expect(written).toEqual(['one\n', 'two\n']);
  });

  it('takes the time of its script by the clock it was given', async () => {
    const clock = manualClock();
    const execution = createDummyExecutor(clock, { build: { delayMs: 5_000 } }).execute(
      request('build').value,
      never,
    );
    await Promise.resolve();
    expect(clock.pending.size).toBe(1);
    clock.fire();
    expect(await execution).toEqual({ type: 'succeeded' });
  });

  it('ends as cancelled when it is aborted, and leaves no timer', async () => {
    const clock = manualClock();
    const abort = new AbortController();
    const executor = createDummyExecutor(clock, { build: { delayMs: 5_000 } });
    const execution = executor.execute(request('build').value, abort.signal);
    await Promise.resolve();
    abort.abort();
    expect((await execution).type).toBe('cancelled');
    expect(clock.pending.size).toBe(0);
  });
});
