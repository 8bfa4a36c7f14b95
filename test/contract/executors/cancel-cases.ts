import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { LogSink } from '#main/engine/ports.ts';
import type { Contract } from './executor-contract.ts';
import { markedProcesses, SEES_PROCESSES } from './marked-processes.ts';

const ABORTED = AbortSignal.abort();
const WAITS = { scripted: { delayMs: 600_000 } };

/** A few turns of the event loop, so that an abort comes at another moment of the start each time. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export function cancelCases({ open, can }: Contract): void {
  it('a place that is asked for too late, leaving nothing', async () => {
    // It may refuse, or open a place in which nothing begins any more.
    const outcome = await open({ signal: ABORTED }).then(
      ({ step }) => step('echo never', { signal: ABORTED }),
      () => ({ type: 'cancelled' as const }),
    );
    expect(outcome.type).toBe('cancelled');
  });

  it('a step before it begins', async () => {
    const { step, place, workspace } = await open();
    const outcome = await step('touch begun', { signal: ABORTED });
    expect(outcome.type).toBe('cancelled');
    await place.collect(new AbortController().signal);
    expect(existsSync(path.join(workspace, 'begun'))).toBe(false);
  });

  it('a step while it starts, at any moment', { timeout: 120_000 }, async () => {
    const { step, runId } = await open();
    for (const moment of [0, 1, 2, 3, 5, 8, 13, 30, 100, 300, 1_000]) {
      const abort = new AbortController();
      const ended = step('sleep 600', { signal: abort.signal, ...WAITS });
      await turns(moment);
      abort.abort();
      expect((await ended).type).toBe('cancelled');
      if (SEES_PROCESSES) expect(markedProcesses('PIPEWRIGHT_RUN_ID', runId)).toEqual([]);
    }
  });

  it('a step that is out of its time, as any other', async () => {
    const { step } = await open();
    const outcome = await step('sleep 600', { signal: AbortSignal.timeout(100), ...WAITS });
    expect(outcome.type).toBe('cancelled');
  });

  it.runIf(can.runsScripts)('a step that runs, and keeps what it says in the end', async () => {
    const { step, log } = await open();
    const abort = new AbortController();
    const ended = step("trap 'echo bye; exit 0' TERM; echo ready; sleep 600 & wait", {
      signal: abort.signal,
    });
    await log.printed('ready');
    abort.abort();
    expect((await ended).type).toBe('cancelled');
    expect(log.bytes('stdout').toString()).toBe('ready\nbye\n');
  });

  it.runIf(can.runsScripts)('a step that writes without an end', async () => {
    const { step } = await open();
    const abort = new AbortController();
    let total = 0;
    const log: LogSink = {
      write(_stream, chunk) {
        total += chunk.length;
        if (total > 1_000_000) abort.abort();
        return undefined;
      },
      close: () => Promise.resolve(),
    };
    expect((await step('yes', { log, signal: abort.signal })).type).toBe('cancelled');
  });

  it.runIf(can.runsScripts)('a step whose output the log still takes', async () => {
    const { step } = await open();
    const abort = new AbortController();
    const takes: (() => void)[] = [];
    const log: LogSink = {
      write: () =>
        new Promise((resolve) => {
          takes.push(resolve);
          // The script has ended, or waits for the pipe to be read.
          abort.abort();
          setImmediate(resolve);
        }),
      close: () => Promise.resolve(),
    };
    expect((await step('echo one; echo two >&2', { log, signal: abort.signal })).type).toBe('cancelled');
    expect(takes.length).toBeGreaterThan(0);
  });

  it.runIf(can.runsScripts)('nothing more: the next step runs in the same place', async () => {
    const { step, log } = await open();
    const abort = new AbortController();
    const ended = step('echo kept > file; echo ready; sleep 600', { signal: abort.signal });
    await log.printed('ready');
    abort.abort();
    expect((await ended).type).toBe('cancelled');
    expect(await step('cat file')).toEqual({ type: 'succeeded' });
    expect(log.bytes('stdout').toString()).toBe('ready\nkept\n');
  });

  it.runIf(can.runsScripts)('one of two attempts, not the other', async () => {
    const [one, other] = [await open(), await open()];
    const abort = new AbortController();
    const ended = one.step('echo first; sleep 600', { signal: abort.signal });
    const goes = other.step('echo second; until [ -e go ]; do sleep 0.1; done; echo done');
    await Promise.all([one.log.printed('first'), other.log.printed('second')]);
    abort.abort();
    expect((await ended).type).toBe('cancelled');
    expect(await other.step('touch go')).toEqual({ type: 'succeeded' });
    expect(await goes).toEqual({ type: 'succeeded' });
    expect(other.log.bytes('stdout').toString()).toBe('second\ndone\n');
  });
}
