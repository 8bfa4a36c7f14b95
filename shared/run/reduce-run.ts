import { assertNever } from '../lib/assert-never.ts';
import { chunkedFrom, chunkedGet, chunkedWith } from '../lib/chunked.ts';
import type { StageId } from '../lib/ids.ts';
import { type Heap, heapInsert, heapWithoutFirst } from '../lib/leftist-heap.ts';
import type { RunEvent } from './events.ts';
import { createPlanGraph } from './graph.ts';
import { reduceAttempt } from './reduce-attempt.ts';
import { isSatisfied, type RunState, type StageState } from './run-state.ts';
import {
  RUN_TRANSITIONS,
  type RunStatus,
  STAGE_STATUSES,
  STAGE_TRANSITIONS,
  type StageStatus,
} from './status.ts';

type EventOf<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

/**
 * Folds one event into the state of its run. Pure: the old state stays valid.
 * @param state null before `run-created`
 * @throws when the event cannot follow the state: a gap in `seq`, an illegal transition, an unknown stage (a bug or a damaged store)
 */
export function reduceRun(state: RunState | null, event: RunEvent): RunState {
  if (event.type === 'run-created') return createRun(state, event);
  if (state === null) throw new Error(`Event ${event.type} before run-created`);
  if (event.seq !== state.seq + 1)
    throw new Error(`Event ${event.seq} follows ${state.seq} in run ${state.runId}`);
  return { ...applyEvent(state, event), seq: event.seq };
}

/** Folds a whole log; null for an empty one. */
export function foldRun(events: Iterable<RunEvent>): RunState | null {
  let state: RunState | null = null;
  for (const event of events) state = reduceRun(state, event);
  return state;
}

function createRun(state: RunState | null, event: EventOf<'run-created'>): RunState {
  if (state !== null || event.seq !== 1) throw new Error('run-created must be the first event of a run');
  const graph = createPlanGraph(event.plan);
  let ready: Heap | null = null;
  const stages = event.plan.stages.map((planned, index): StageState => {
    const isReady = planned.needs.length === 0;
    if (isReady) ready = heapInsert(ready, graph.remaining[index] ?? 0, index);
    return {
      id: planned.id,
      status: isReady ? 'ready' : 'pending',
      reason: null,
      attempts: [],
      outputs: {},
      artifacts: [],
      reports: [],
      issues: [],
      summary: null,
      readyAt: isReady ? event.at : null,
      startedAt: null,
      finishedAt: null,
      cancelRequested: false,
      unmetNeeds: planned.needs.length,
      blockedBy: null,
    };
  });
  const counts = Object.fromEntries(STAGE_STATUSES.map((status) => [status, 0])) as Record<
    StageStatus,
    number
  >;
  for (const stage of stages) counts[stage.status] += 1;
  return {
    runId: event.runId,
    name: event.name,
    number: event.number,
    projectDir: event.projectDir,
    pipelineFile: event.pipelineFile,
    status: 'queued',
    seq: event.seq,
    plan: event.plan,
    graph,
    trigger: event.trigger,
    git: event.git,
    maxParallel: event.maxParallel,
    createdAt: event.at,
    startedAt: null,
    finishedAt: null,
    stages: chunkedFrom(stages),
    counts,
    cancelRequested: null,
    ready,
    doomed: null,
  };
}

function applyEvent(state: RunState, event: Exclude<RunEvent, EventOf<'run-created'>>): RunState {
  switch (event.type) {
    case 'run-started':
      return { ...withRunStatus(state, 'running'), startedAt: event.at };
    case 'run-finished':
      return finishRun(state, event);
    case 'cancel-requested':
      return requestCancel(state, event);
    case 'attempt-started': {
      const index = indexOfStage(state, event.stage);
      const before = chunkedGet(state.stages, index);
      const stage = reduceAttempt(before, event);
      return withoutStale(
        replaceStage(state, index, { ...stage, status: 'running', startedAt: before.startedAt ?? event.at }),
      );
    }
    case 'step-started':
    case 'step-finished':
    case 'attempt-finished':
    case 'artifact-stored':
    case 'report-stored':
    case 'issue-raised':
    case 'summary-written': {
      const index = indexOfStage(state, event.stage);
      return replaceStage(state, index, reduceAttempt(chunkedGet(state.stages, index), event));
    }
    case 'stage-finished':
      return finishStage(state, event);
    default:
      return assertNever(event);
  }
}

function indexOfStage(state: RunState, stage: StageId): number {
  const index = state.graph.indexOf.get(stage);
  if (index === undefined) throw new Error(`Run ${state.runId} has no stage ${stage}`);
  return index;
}

function withRunStatus(state: RunState, status: RunStatus): RunState {
  if (!RUN_TRANSITIONS[state.status].includes(status)) {
    throw new Error(`A run cannot go from ${state.status} to ${status}`);
  }
  return { ...state, status };
}

function replaceStage(state: RunState, index: number, stage: StageState): RunState {
  const before = chunkedGet(state.stages, index).status;
  const stages = chunkedWith(state.stages, index, stage);
  if (before === stage.status) return { ...state, stages };
  if (!STAGE_TRANSITIONS[before].includes(stage.status)) {
    throw new Error(`Stage ${stage.id} cannot go from ${before} to ${stage.status}`);
  }
  const counts = { ...state.counts };
  counts[before] -= 1;
  counts[stage.status] += 1;
  return { ...state, stages, counts };
}

function finishStage(state: RunState, event: EventOf<'stage-finished'>): RunState {
  const index = indexOfStage(state, event.stage);
  const stage: StageState = {
    ...chunkedGet(state.stages, index),
    status: event.status,
    reason: event.reason,
    outputs: event.outputs,
    finishedAt: event.at,
  };
  let next = replaceStage(state, index, stage);
  const satisfied = isSatisfied(stage, state.plan.stages[index]!);
  for (const dependent of state.graph.dependents[index] ?? []) {
    next = meetNeed(next, dependent, satisfied ? null : stage.id, event.at);
  }
  return withoutStale(next);
}

/** One need of the stage has finished; the last one makes it ready, or doomed when any of them blocks it. */
function meetNeed(state: RunState, index: number, blockedBy: StageId | null, at: string): RunState {
  const before = chunkedGet(state.stages, index);
  const stage = { ...before, unmetNeeds: before.unmetNeeds - 1, blockedBy: before.blockedBy ?? blockedBy };
  if (stage.unmetNeeds > 0 || stage.status !== 'pending') return replaceStage(state, index, stage);
  if (stage.blockedBy !== null) {
    return { ...replaceStage(state, index, stage), doomed: heapInsert(state.doomed, 0, index) };
  }
  const ready = heapInsert(state.ready, state.graph.remaining[index] ?? 0, index);
  return { ...replaceStage(state, index, { ...stage, status: 'ready', readyAt: at }), ready };
}

function requestCancel(state: RunState, event: EventOf<'cancel-requested'>): RunState {
  if (event.stage === null) return { ...state, cancelRequested: state.cancelRequested ?? event.by };
  const index = indexOfStage(state, event.stage);
  const stage = chunkedGet(state.stages, index);
  const next = replaceStage(state, index, { ...stage, cancelRequested: true });
  const waits = stage.status === 'pending' || stage.status === 'ready';
  return waits ? { ...next, doomed: heapInsert(next.doomed, 0, index) } : next;
}

/** An interrupted run keeps what finished; what was running is ready to be tried again. */
function finishRun(state: RunState, event: EventOf<'run-finished'>): RunState {
  let next: RunState = { ...withRunStatus(state, event.status), finishedAt: event.at };
  if (event.status !== 'interrupted' || next.counts.running === 0) return next;
  for (let index = 0; index < next.stages.length; index += 1) {
    const stage = chunkedGet(next.stages, index);
    if (stage.status !== 'running') continue;
    const ready = heapInsert(next.ready, next.graph.remaining[index] ?? 0, index);
    next = { ...replaceStage(next, index, { ...stage, status: 'ready' }), ready };
  }
  return next;
}

function withoutStale(state: RunState): RunState {
  let { ready, doomed } = state;
  while (ready !== null && chunkedGet(state.stages, ready.value).status !== 'ready')
    ready = heapWithoutFirst(ready);
  while (doomed !== null && chunkedGet(state.stages, doomed.value).finishedAt !== null)
    doomed = heapWithoutFirst(doomed);
  return ready === state.ready && doomed === state.doomed ? state : { ...state, ready, doomed };
}
