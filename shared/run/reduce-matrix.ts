import { chunkedFrom, chunkedGet, chunkedToArray } from '../lib/chunked.ts';
import type { StageId } from '../lib/ids.ts';
import type { PlannedStage } from '../pipeline/plan.ts';
import { createPlanGraph } from './graph.ts';
import { initialStage } from './initial-stage.ts';
import { indexOfStage, settle } from './reduce-stage.ts';
import { isSatisfied, type RunState, type StageState } from './run-state.ts';

/**
 * The graph grows: the legs of a dynamic matrix join the plan, and its stage waits for them instead of for what they need.
 * Costs a copy of the plan; a run has few of these.
 */
export function expandMatrix(
  state: RunState,
  id: StageId,
  legs: readonly PlannedStage[],
  at: string,
): RunState {
  const index = indexOfStage(state, id);
  const group = state.plan.stages[index]!;
  if (group.matrix?.legs !== null) throw new Error(`Stage ${id} has no matrix to expand`);
  const expanded: PlannedStage = {
    ...group,
    needs: legs.map((leg) => leg.id),
    matrix: { ...group.matrix, legs: legs.map((leg) => leg.id) },
  };
  const plan = { ...state.plan, stages: [...state.plan.stages.with(index, expanded), ...legs] };
  const stage = chunkedGet(state.stages, index);
  const waiting: StageState = { ...stage, status: 'pending', unmetNeeds: legs.length, blockedBy: null };
  const counts = { ...state.counts };
  counts[stage.status] -= 1;
  counts.pending += 1 + legs.length;
  const first = state.stages.length;
  let next: RunState = {
    ...state,
    plan,
    graph: createPlanGraph(plan, state.expectedMs),
    counts,
    openStages: state.openStages + legs.length,
    stages: chunkedFrom([
      ...chunkedToArray(state.stages).with(index, waiting),
      ...legs.map((leg) => ({ ...initialStage(leg), ...needsOf(state, leg) })),
    ]),
  };
  legs.forEach((_, offset) => {
    next = settle(next, first + offset, at);
  });
  return legs.length === 0 ? settle(next, index, at) : next;
}

/** A leg begins when what it needs is done already. */
function needsOf(
  state: RunState,
  leg: PlannedStage,
): Pick<StageState, 'unmetNeeds' | 'blockedBy' | 'hasFailedAncestor'> {
  let blockedBy: StageId | null = null;
  let hasFailedAncestor = false;
  for (const need of leg.needs) {
    const index = indexOfStage(state, need);
    const stage = chunkedGet(state.stages, index);
    const planned = state.plan.stages[index]!;
    if (!isSatisfied(stage, planned)) blockedBy ??= need;
    const hasFailed =
      !planned.continueOnError && ['failed', 'timed-out', 'infra-error'].includes(stage.status);
    if (hasFailed || stage.hasFailedAncestor) hasFailedAncestor = true;
  }
  return { unmetNeeds: 0, blockedBy, hasFailedAncestor };
}
