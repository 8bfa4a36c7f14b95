import { chunkedGet, chunkedWith } from '../lib/chunked.ts';
import type { StageId } from '../lib/ids.ts';
import { type Heap, heapInsert, heapWithoutFirst } from '../lib/leftist-heap.ts';
import type { PlannedMatrix, PlannedStage } from '../pipeline/plan.ts';
import { isOnHost } from '../pipeline/plan-place.ts';
import { dueOf } from './due.ts';
import type { RunEvent } from './events.ts';
import { reduceAttempt } from './reduce-attempt.ts';
import { withStageEnded } from './run-result.ts';
import { isSatisfied, type RunState, type StageState } from './run-state.ts';
import { STAGE_TRANSITIONS } from './status.ts';

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

export function indexOfStage(state: RunState, stage: StageId): number {
  const index = state.graph.indexOf.get(stage);
  if (index === undefined) throw new Error(`Run ${state.runId} has no stage ${stage}`);
  return index;
}

export function changeStage(state: RunState, id: StageId, change: Partial<StageState>): RunState {
  const index = indexOfStage(state, id);
  return replaceStage(state, index, { ...chunkedGet(state.stages, index), ...change });
}

/** The one place where a stage's status changes: checked against the table, counted, slots and legs kept in step. */
export function replaceStage(state: RunState, index: number, stage: StageState): RunState {
  const before = chunkedGet(state.stages, index).status;
  const stages = chunkedWith(state.stages, index, stage);
  if (before === stage.status) return { ...state, stages };
  if (!STAGE_TRANSITIONS[before].includes(stage.status)) {
    throw new Error(`Stage ${stage.id} cannot go from ${before} to ${stage.status}`);
  }
  const counts = { ...state.counts };
  counts[before] -= 1;
  counts[stage.status] += 1;
  const started = Number(stage.status === 'running') - Number(before === 'running');
  if (started === 0) return { ...state, stages, counts };
  const planned = state.plan.stages[index]!;
  const slots = isOnHost(planned.place) ? 'usedHostSlots' : 'usedSlots';
  const used = { [slots]: state[slots] + started * planned.slots };
  return countLeg({ ...state, stages, counts, ...used }, planned, started);
}

function countLeg(state: RunState, { leg }: PlannedStage, change: number): RunState {
  if (leg === null) return state;
  const index = indexOfStage(state, leg.of);
  const matrix = chunkedGet(state.stages, index);
  const stages = chunkedWith(state.stages, index, { ...matrix, runningLegs: matrix.runningLegs + change });
  return { ...state, stages };
}

/**
 * Puts a stage whose needs are all done where it belongs: among those that may start, those with something to settle
 * first, or those that never will. Called again whenever one of these is settled.
 */
export function settle(state: RunState, index: number, at: string): RunState {
  const stage = chunkedGet(state.stages, index);
  const planned = state.plan.stages[index]!;
  const isGroup = planned.matrix !== null;
  const hasSay = planned.condition !== null || (planned.matrix !== null && concludes(planned.matrix));
  if (stage.blockedBy !== null && !hasSay) {
    return { ...state, doomed: heapInsert(state.doomed, 0, index) };
  }
  if (!stage.conditionMet) return { ...state, due: heapInsert(state.due, 0, index) };
  const ready = replaceStage(state, index, { ...stage, status: 'ready', readyAt: stage.readyAt ?? at });
  const priority = state.graph.remaining[index] ?? 0;
  if (isGroup || planned.approval !== null || !stage.hasLocks) {
    return { ...ready, due: heapInsert(ready.due, priority, index) };
  }
  if (isOnHost(planned.place))
    return { ...ready, readyOnHosts: heapInsert(ready.readyOnHosts, priority, index) };
  return { ...ready, ready: heapInsert(ready.ready, priority, index) };
}

/** A matrix ends with its legs, whatever they came to; before it is expanded its legs' condition speaks for it. */
const concludes = ({ legs, template }: PlannedMatrix): boolean =>
  legs !== null || (template?.leg.condition ?? null) !== null;

export function startAttempt(state: RunState, event: EventOf<'attempt-started'>): RunState {
  const index = indexOfStage(state, event.stage);
  const before = chunkedGet(state.stages, index);
  const stage = reduceAttempt(before, event);
  return replaceStage(state, index, { ...stage, status: 'running', startedAt: before.startedAt ?? event.at });
}

export function finishStage(state: RunState, event: EventOf<'stage-finished'>): RunState {
  const index = indexOfStage(state, event.stage);
  const planned = state.plan.stages[index]!;
  const before = chunkedGet(state.stages, index);
  // Told once more, it counts once.
  if (before.finishedAt !== null && before.status === event.status) return state;
  const stage: StageState = {
    ...before,
    status: event.status,
    reason: event.reason,
    outputs: event.outputs,
    queuedFor: null,
    finishedAt: event.at,
  };
  let next = replaceStage(state, index, stage);
  const satisfied = isSatisfied(stage, planned);
  const hasFailed = isFailure(stage) && !planned.continueOnError;
  // A matrix only repeats what its legs did.
  if (hasFailed && planned.matrix === null) next = { ...next, decisiveFailures: next.decisiveFailures + 1 };
  next = withStageEnded(next, planned);
  if (hasFailed && planned.leg !== null) next = failFast(next, planned.leg.of);
  const failedAbove = hasFailed || stage.hasFailedAncestor;
  for (const dependent of state.graph.dependents[index] ?? []) {
    next = meetNeed(next, dependent, satisfied ? null : stage.id, failedAbove, event.at);
  }
  return next;
}

const isFailure = ({ status }: StageState): boolean =>
  status === 'failed' || status === 'timed-out' || status === 'infra-error';

/** A leg has failed: the others end, or do not begin, unless the matrix says otherwise. */
function failFast(state: RunState, matrixId: StageId): RunState {
  const { matrix } = state.plan.stages[indexOfStage(state, matrixId)]!;
  if (!matrix?.failFast) return state;
  let next = state;
  for (const leg of matrix.legs ?? []) {
    const index = indexOfStage(next, leg);
    if (chunkedGet(next.stages, index).finishedAt === null) next = requestStageCancel(next, index);
  }
  return next;
}

export function requestStageCancel(state: RunState, index: number): RunState {
  const stage = chunkedGet(state.stages, index);
  const next = replaceStage(state, index, { ...stage, cancelRequested: true });
  return stage.status === 'running' ? next : { ...next, doomed: heapInsert(next.doomed, 0, index) };
}

/** One need of the stage has finished; the last one settles where the stage goes. */
function meetNeed(
  state: RunState,
  index: number,
  blockedBy: StageId | null,
  failedAbove: boolean,
  at: string,
): RunState {
  const before = chunkedGet(state.stages, index);
  const stage: StageState = {
    ...before,
    unmetNeeds: before.unmetNeeds - 1,
    blockedBy: before.blockedBy ?? blockedBy,
    hasFailedAncestor: before.hasFailedAncestor || failedAbove,
  };
  const next = replaceStage(state, index, stage);
  return stage.unmetNeeds > 0 || stage.status !== 'pending' ? next : settle(next, index, at);
}

/** Drops heads of the queues that are no longer what they were queued as. */
export function withoutStale(state: RunState): RunState {
  const drop = (heap: Heap | null, isStale: (index: number) => boolean): Heap | null => {
    let rest = heap;
    while (rest !== null && isStale(rest.value)) rest = heapWithoutFirst(rest);
    return rest;
  };
  const isNotReady = (index: number): boolean => chunkedGet(state.stages, index).status !== 'ready';
  const ready = drop(state.ready, isNotReady);
  const readyOnHosts = drop(state.readyOnHosts, isNotReady);
  const due = drop(state.due, (index) => dueOf(state, index) === null);
  const doomed = drop(state.doomed, (index) => chunkedGet(state.stages, index).finishedAt !== null);
  const isSame =
    ready === state.ready &&
    readyOnHosts === state.readyOnHosts &&
    due === state.due &&
    doomed === state.doomed;
  return isSame ? state : { ...state, ready, readyOnHosts, due, doomed };
}
