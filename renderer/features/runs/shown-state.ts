import { chunkedGet } from '#shared/lib/chunked.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';

const running = new WeakMap<StageState, StageState>();

/**
 * How a matrix stands while its legs are at work: its own status only says that it waits for them. The same object until
 * its own state changes.
 */
export function shownState(run: RunState, index: number): StageState {
  const stage = chunkedGet(run.stages, index);
  const planned = run.plan.stages[index]!;
  if (planned.matrix === null || stage.status !== 'pending') return stage;
  const isAtWork = (planned.matrix.legs ?? []).some((leg) => {
    const legIndex = run.graph.indexOf.get(leg);
    return legIndex !== undefined && chunkedGet(run.stages, legIndex).startedAt !== null;
  });
  if (!isAtWork) return stage;
  let shown = running.get(stage);
  if (shown === undefined) {
    shown = { ...stage, status: 'running' };
    running.set(stage, shown);
  }
  return shown;
}
