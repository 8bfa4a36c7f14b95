import { chunkedGet, chunkedToArray } from '../lib/chunked.ts';
import type { StageId } from '../lib/ids.ts';
import { type Heap, heapWithoutFirst } from '../lib/leftist-heap.ts';
import type { PlannedStage } from '../pipeline/plan.ts';
import { type DueType, dueOf, matrixResult, type MatrixResult } from './due.ts';
import type { CancelledBy, SkipReason } from './outcome.ts';
import type { RunState, StageState } from './run-state.ts';
import { type FinalRunStatus, isFinalRunStatus } from './status.ts';

/** What the engine should do next. */
export type Action =
  | { readonly type: 'start-run' }
  | { readonly type: Exclude<DueType, 'finish-matrix'>; readonly stage: StageId }
  | { readonly type: 'finish-matrix'; readonly stage: StageId; readonly result: MatrixResult }
  | {
      readonly type: 'start-attempt';
      readonly stage: StageId;
      readonly attempt: number;
      /** Of this machine; 0 for a stage on a host. */
      readonly slots: number;
    }
  | { readonly type: 'skip-stage'; readonly stage: StageId; readonly reason: SkipReason }
  | { readonly type: 'cancel-stage'; readonly stage: StageId }
  /** A failure decides the run, and its file says that then the rest ends. */
  | { readonly type: 'fail-fast' }
  | { readonly type: 'finish-run'; readonly status: FinalRunStatus };

/**
 * Says what follows from a state, without doing it. Deterministic; call it again after folding the events of its actions,
 * until it answers with nothing. Costs O(answers * log stages) but for the sweep after a cancellation.
 * @param freeSlots how many more stages may run on this machine, over all runs
 */
export function decide(state: RunState, freeSlots: number): readonly Action[] {
  if (isFinalRunStatus(state.status)) return [];
  if (state.status === 'queued') return [{ type: 'start-run' }];
  if (state.plan.failFast && state.decisiveFailures > 0 && state.cancelRequested === null) {
    return [{ type: 'fail-fast' }];
  }
  const settled = [...decideCancelled(state), ...decideDoomed(state)];
  if (settled.length > 0) return settled;
  const due = decideDue(state);
  if (due.length > 0) return due;
  const starts = decideStarts(state, freeSlots);
  if (starts.length === 0 && unfinished(state) === 0 && state.result !== null) {
    return [{ type: 'finish-run', status: state.result }];
  }
  return starts;
}

/** After a cancellation only stages whose condition asks for it (`always()`, `cancelled()`) still get their turn. */
function decideCancelled(state: RunState): readonly Action[] {
  const { counts, cancelRequested } = state;
  if (cancelRequested === null) return [];
  if (counts.pending + counts.ready + counts.queued + counts['waiting-approval'] === 0) return [];
  return chunkedToArray(state.stages)
    .filter((stage, index) => isWaiting(stage) && !survivesCancel(state.plan.stages[index]!, cancelRequested))
    .map((stage): Action => ({ type: 'cancel-stage', stage: stage.id }));
}

const isWaiting = ({ status }: StageState): boolean =>
  status === 'pending' || status === 'ready' || status === 'queued' || status === 'waiting-approval';

/** What ends because of a failure leaves those their turn that wait for one. */
const survivesCancel = ({ condition }: PlannedStage, by: CancelledBy): boolean =>
  condition !== null &&
  (by === 'fail-fast' ? /\b(always|cancelled|failure)\s*\(/ : /\b(always|cancelled)\s*\(/).test(condition);

function decideDoomed(state: RunState): readonly Action[] {
  const actions: Action[] = [];
  for (const index of indexesOf(state.doomed)) {
    const stage = chunkedGet(state.stages, index);
    if (
      stage.finishedAt !== null ||
      (state.cancelRequested !== null && isWaiting(stage) && !stage.cancelRequested)
    ) {
      continue;
    }
    if (stage.cancelRequested) actions.push({ type: 'cancel-stage', stage: stage.id });
    else
      actions.push({ type: 'skip-stage', stage: stage.id, reason: upstreamReason(state, stage.blockedBy) });
  }
  return actions;
}

function decideDue(state: RunState): readonly Action[] {
  const actions: Action[] = [];
  for (const index of indexesOf(state.due)) {
    const type = dueOf(state, index);
    const { id: stage } = chunkedGet(state.stages, index);
    if (type === 'finish-matrix') actions.push({ type, stage, result: matrixResult(state, index) });
    else if (type !== null) actions.push({ type, stage });
  }
  return actions;
}

/** What a queue holds, first things first, each once: a stage may have come into it more than once. */
function indexesOf(queue: Heap | null): ReadonlySet<number> {
  const indexes = new Set<number>();
  for (let rest = queue; rest !== null; rest = heapWithoutFirst(rest)) indexes.add(rest.value);
  return indexes;
}

/** What the file allows at once counts everywhere; slots of this machine are for stages of this machine. */
function decideStarts(state: RunState, freeSlots: number): readonly Action[] {
  const { usedSlots, usedHostSlots, maxParallel, plan } = state;
  const startedLegs = new Map<StageId, number>();
  const room = (plan.maxParallel ?? Infinity) - usedSlots - usedHostSlots;
  const slots = Math.min(freeSlots, maxParallel - usedSlots, room);
  const here = startReady(state, state.ready, { slots, isIdle: usedSlots === 0, startedLegs });
  const left = here.reduce((sum, action) => sum - action.slots, room);
  const isIdle = here.length + usedSlots + usedHostSlots === 0;
  const there = startReady(state, state.readyOnHosts, { slots: left, isIdle, startedLegs });
  return [...here, ...there.map((action) => ({ ...action, slots: 0 }))];
}

interface Room {
  /** How many slots may be taken. */
  readonly slots: number;
  readonly isIdle: boolean;
  /** Legs that start now, by their matrix; counted on. */
  readonly startedLegs: Map<StageId, number>;
}

/** Longest remaining path first. A stage that needs more slots than are free waits for them, and the others behind it. */
function startReady(
  state: RunState,
  queue: Heap | null,
  { startedLegs, ...room }: Room,
): readonly Extract<Action, { type: 'start-attempt' }>[] {
  const actions: Extract<Action, { type: 'start-attempt' }>[] = [];
  let { slots, isIdle } = room;
  for (let ready = queue; ready !== null && slots > 0; ready = heapWithoutFirst(ready)) {
    const stage = chunkedGet(state.stages, ready.value);
    const planned = state.plan.stages[ready.value]!;
    if (stage.status !== 'ready' || stage.cancelRequested || !hasRoom(state, planned, startedLegs)) continue;
    // More slots than there are would wait for ever: with nothing else running, it may have them all.
    if (planned.slots > slots && !isIdle) break;
    if (planned.leg) startedLegs.set(planned.leg.of, (startedLegs.get(planned.leg.of) ?? 0) + 1);
    const attempt = stage.attempts.length + 1;
    actions.push({ type: 'start-attempt', stage: stage.id, attempt, slots: planned.slots });
    slots -= planned.slots;
    isIdle = false;
  }
  return actions;
}

/** Whether another leg of its matrix may run. */
function hasRoom(state: RunState, { leg }: PlannedStage, started: ReadonlyMap<StageId, number>): boolean {
  if (leg === null) return true;
  const index = state.graph.indexOf.get(leg.of)!;
  const limit = state.plan.stages[index]!.matrix?.maxParallel ?? null;
  if (limit === null) return true;
  return chunkedGet(state.stages, index).runningLegs + (started.get(leg.of) ?? 0) < limit;
}

function unfinished({ counts }: RunState): number {
  return counts.pending + counts.ready + counts.queued + counts.running + counts['waiting-approval'];
}

function upstreamReason(state: RunState, blockedBy: StageId | null): SkipReason {
  const index = blockedBy === null ? undefined : state.graph.indexOf.get(blockedBy);
  if (blockedBy === null || index === undefined) return { type: 'run-cancelled' };
  return { type: 'upstream', stage: blockedBy, status: chunkedGet(state.stages, index).status };
}
