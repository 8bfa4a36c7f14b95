import { formatDuration } from '../lib/durations.ts';
import type { PlannedStage } from '../pipeline/plan.ts';
import { describeOutcome } from './outcome.ts';
import type { AttemptState, RunState } from './run-state.ts';

/** Whether attempts of a stage wait before their first step; a breakpoint on a matrix is one on each of its legs. */
export function hasBreakpoint(
  { breakpoints = [] }: Pick<RunState, 'breakpoints'>,
  { id, leg }: Pick<PlannedStage, 'id' | 'leg'>,
): boolean {
  return breakpoints.includes(id) || (leg !== null && breakpoints.includes(leg.of));
}

/** Why an attempt waits, as the end of a sentence about it: `is paused at its breakpoint`. */
export function describePause({ outcome }: Pick<NonNullable<AttemptState['paused']>, 'outcome'>): string {
  return outcome === null
    ? 'at its breakpoint, before its first step'
    : `after a failure: ${describeOutcome(outcome, formatDuration)}`;
}
