import { expect, it } from 'vitest';
import { SOON } from './contract-subject.ts';
import type { Contract } from './executor-contract.ts';
import { markedProcesses, SEES_PROCESSES } from './marked-processes.ts';

/** Processes are found by a variable of their own, wherever they run. */
export function treeCases({ open, can }: Contract): void {
  const marked = (id: string): number[] => markedProcesses('CONTRACT_TREE', id);
  const treeIt = it.runIf(can.runsScripts && SEES_PROCESSES);

  treeIt('with children and grandchildren, on cancel', async () => {
    const { step, log, runId } = await open();
    const abort = new AbortController();
    const ended = step('sh -c \'sleep 600 & sh -c "sleep 600; true" & wait\' & echo ready; sleep 600; true', {
      env: { CONTRACT_TREE: runId },
      signal: abort.signal,
    });
    await log.printed('ready');
    await expect.poll(() => marked(runId).length, SOON).toBeGreaterThanOrEqual(5);
    abort.abort();
    expect((await ended).type).toBe('cancelled');
    expect(marked(runId)).toEqual([]);
  });

  treeIt('by force, what ignores the polite signal', async () => {
    const { step, log, runId } = await open();
    const abort = new AbortController();
    const ended = step(
      "trap '' TERM; (trap '' TERM; sleep 600; true) & echo ready; while :; do sleep 1; done",
      { env: { CONTRACT_TREE: runId }, signal: abort.signal, graceMs: 300 },
    );
    await log.printed('ready');
    expect(marked(runId).length).toBeGreaterThanOrEqual(2);
    abort.abort();
    expect((await ended).type).toBe('cancelled');
    expect(marked(runId)).toEqual([]);
  });

  treeIt('with what a script left in its group when it ended', async () => {
    const { step, runId } = await open();
    const outcome = await step('sleep 600 >/dev/null 2>&1 & echo started', {
      env: { CONTRACT_TREE: runId },
    });
    expect(outcome).toEqual({ type: 'succeeded' });
    expect(marked(runId)).toEqual([]);
  });

  treeIt('with what made a session of its own, when the run is released', async () => {
    const attempt = await open();
    const { step, runId } = attempt;
    const outcome = await step(
      "setsid sh -c 'echo begun > child; exec sleep 600' >/dev/null 2>&1 & until [ -s child ]; do sleep 0.1; done",
      { env: { CONTRACT_TREE: runId } },
    );
    expect(outcome).toEqual({ type: 'succeeded' });
    await attempt[Symbol.asyncDispose]();
    await expect.poll(() => marked(runId), SOON).toEqual([]);
  });

  treeIt('and does not wait for ever for someone who keeps the output open', async () => {
    const { step, runId } = await open();
    const outcome = await step('setsid sleep 600 & echo started', {
      env: { CONTRACT_TREE: runId },
      graceMs: 300,
    });
    expect(outcome).toEqual({ type: 'succeeded' });
  });
}
