import { assertNever } from '../lib/assert-never.ts';
import { chunkedFrom, chunkedGet } from '../lib/chunked.ts';
import { isHook } from '../pipeline/plan.ts';
import type { RunEvent } from './events.ts';
import { createPlanGraph } from './graph.ts';
import { initialStage, wantsLocks } from './initial-stage.ts';
import { expandMatrix } from './reduce-matrix.ts';
import { reduceAttempt } from './reduce-attempt.ts';
import {
  changeStage,
  finishStage,
  indexOfStage,
  replaceStage,
  requestStageCancel,
  settle,
  startAttempt,
  withoutStale,
} from './reduce-stage.ts';
import type { RunState } from './run-state.ts';
import { RUN_TRANSITIONS, type RunStatus, STAGE_STATUSES, type StageStatus } from './status.ts';

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
  return { ...withoutStale(applyEvent(state, event)), seq: event.seq };
}

/** Folds a whole log; null for an empty one. */
export function foldRun(events: Iterable<RunEvent>): RunState | null {
  let state: RunState | null = null;
  for (const event of events) state = reduceRun(state, event);
  return state;
}

function createRun(state: RunState | null, event: EventOf<'run-created'>): RunState {
  if (state !== null || event.seq !== 1) throw new Error('run-created must be the first event of a run');
  const counts = Object.fromEntries(STAGE_STATUSES.map((status) => [status, 0])) as Record<
    StageStatus,
    number
  >;
  counts.pending = event.plan.stages.length;
  let created: RunState = {
    runId: event.runId,
    name: event.name,
    number: event.number,
    projectDir: event.projectDir,
    pipelineFile: event.pipelineFile,
    status: 'queued',
    seq: event.seq,
    plan: event.plan,
    graph: createPlanGraph(event.plan, event.expectedMs),
    expectedMs: event.expectedMs ?? {},
    trigger: event.trigger,
    git: event.git,
    maxParallel: event.maxParallel,
    createdAt: event.at,
    startedAt: null,
    finishedAt: null,
    stages: chunkedFrom(event.plan.stages.map(initialStage)),
    counts,
    cancelRequested: null,
    usedSlots: 0,
    usedHostSlots: 0,
    decisiveFailures: 0,
    openStages: event.plan.stages.filter((planned) => !isHook(planned)).length,
    result: null,
    due: null,
    ready: null,
    readyOnHosts: null,
    doomed: null,
    ...(event.pauseOnFailure && { pauseOnFailure: event.pauseOnFailure }),
    ...(event.breakpoints && { breakpoints: event.breakpoints }),
  };
  event.plan.stages.forEach((planned, index) => {
    if (planned.needs.length === 0) created = settle(created, index, event.at);
  });
  return created;
}

function applyEvent(state: RunState, event: Exclude<RunEvent, EventOf<'run-created'>>): RunState {
  switch (event.type) {
    case 'run-started':
      return { ...withRunStatus(state, 'running'), startedAt: event.at };
    case 'run-resumed':
      return { ...withRunStatus(state, 'running'), startedAt: state.startedAt ?? event.at, finishedAt: null };
    case 'run-finished':
      return finishRun(state, event);
    case 'cancel-requested':
      return event.stage === null
        ? { ...state, cancelRequested: state.cancelRequested ?? event.by }
        : requestStageCancel(state, indexOfStage(state, event.stage));
    case 'condition-met':
      return settle(
        changeStage(state, event.stage, { conditionMet: true }),
        indexOfStage(state, event.stage),
        event.at,
      );
    case 'matrix-expanded':
      return expandMatrix(state, event.stage, event.legs, event.at);
    case 'stage-queued':
      return queueStage(state, event);
    case 'stage-released':
      return releaseStage(state, event);
    case 'approval-requested': {
      const { message, allowed, expiresAt, at: requestedAt } = event;
      const decision = { decision: null, by: null, comment: null, decidedAt: null } as const;
      const approval = { message, allowed, expiresAt, requestedAt, ...decision };
      return changeStage(state, event.stage, { status: 'waiting-approval', startedAt: event.at, approval });
    }
    case 'approval-decided': {
      const { approval } = chunkedGet(state.stages, indexOfStage(state, event.stage));
      if (approval === null) throw new Error(`Stage ${event.stage} asked nobody`);
      const { decision, by, comment, at: decidedAt } = event;
      return changeStage(state, event.stage, { approval: { ...approval, decision, by, comment, decidedAt } });
    }
    case 'stage-reused': {
      const { runId, because, artifacts, reports } = event.from;
      return changeStage(state, event.stage, { reusedFrom: { runId, because }, artifacts, reports });
    }
    case 'attempt-started':
      return startAttempt(state, event);
    case 'attempt-paused':
    case 'attempt-continued':
    case 'step-started':
    case 'step-finished':
    case 'attempt-finished':
    case 'attempt-usage':
    case 'stage-progress':
    case 'artifact-stored':
    case 'report-stored':
    case 'issue-raised':
    case 'cache-restored':
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

function withRunStatus(state: RunState, status: RunStatus): RunState {
  if (!RUN_TRANSITIONS[state.status].includes(status)) {
    throw new Error(`A run cannot go from ${state.status} to ${status}`);
  }
  return { ...state, status };
}

/** A stage that waits for a further try or a lock gives its slot back. */
function queueStage(state: RunState, event: EventOf<'stage-queued'>): RunState {
  const index = indexOfStage(state, event.stage);
  const hasLocks = event.reason.type === 'locks' ? false : chunkedGet(state.stages, index).hasLocks;
  return changeStage(state, event.stage, { status: 'queued', queuedFor: event.reason, hasLocks });
}

function releaseStage(state: RunState, event: EventOf<'stage-released'>): RunState {
  const index = indexOfStage(state, event.stage);
  const { queuedFor, hasLocks } = chunkedGet(state.stages, index);
  const released = {
    queuedFor: null,
    hasLocks: hasLocks || queuedFor?.type === 'locks',
    ...(event.host === undefined ? {} : { host: event.host }),
  };
  return settle(changeStage(state, event.stage, released), index, event.at);
}

/** An interrupted run keeps what finished; what was under way is to be tried again. */
function finishRun(state: RunState, event: EventOf<'run-finished'>): RunState {
  let next: RunState = { ...withRunStatus(state, event.status), finishedAt: event.at };
  if (event.status !== 'interrupted') return next;
  for (let index = 0; index < next.stages.length; index += 1) {
    const stage = chunkedGet(next.stages, index);
    if (stage.status !== 'running' && stage.status !== 'queued') continue;
    const hasLocks = !wantsLocks(next.plan.stages[index]!);
    next = settle(replaceStage(next, index, { ...stage, queuedFor: null, hasLocks }), index, event.at);
  }
  return next;
}
