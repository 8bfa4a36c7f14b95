import { chunkedToArray } from '../lib/chunked.ts';
import { isHook, type PlannedStage } from '../pipeline/plan.ts';
import type { RunState } from './run-state.ts';
import type { FinalRunStatus } from './status.ts';

/** Notes that a stage has ended. With the last one the run's result is fixed: hooks do not change it, whatever they come to. */
export function withStageEnded(state: RunState, planned: PlannedStage): RunState {
  if (isHook(planned)) return state;
  const openStages = state.openStages - 1;
  return { ...state, openStages, result: openStages === 0 ? resultOf(state) : null };
}

/** A failure that `continue-on-error` allows does not fail the run; one that ran out of its time has failed. */
function resultOf(state: RunState): FinalRunStatus {
  if (state.cancelRequested === 'run-timeout') return 'failed';
  if (state.cancelRequested !== null && state.cancelRequested !== 'fail-fast') return 'cancelled';
  if (state.decisiveFailures > 0) return 'failed';
  return state.counts.cancelled > 0 && hasCancelledStage(state) ? 'cancelled' : 'succeeded';
}

function hasCancelledStage({ stages, plan }: RunState): boolean {
  return chunkedToArray(stages).some(
    ({ status }, index) => status === 'cancelled' && !isHook(plan.stages[index]!),
  );
}
