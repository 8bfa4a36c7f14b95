import { chunkedGet, chunkedToArray } from '../lib/chunked.ts';
import type { StageId } from '../lib/ids.ts';
import { heapWithoutFirst } from '../lib/leftist-heap.ts';
import type { SkipReason } from './outcome.ts';
import type { RunState } from './run-state.ts';
import { type FinalRunStatus, isFinalRunStatus } from './status.ts';

/** What the engine should do next. */
export type Action =
  | { readonly type: 'start-run' }
  | { readonly type: 'start-attempt'; readonly stage: StageId; readonly attempt: number }
  | { readonly type: 'skip-stage'; readonly stage: StageId; readonly reason: SkipReason }
  | { readonly type: 'cancel-stage'; readonly stage: StageId }
  | { readonly type: 'finish-run'; readonly status: FinalRunStatus };

/**
 * Says what follows from a state, without doing it. Deterministic; call it again after folding the events of its actions,
 * until it answers with nothing. Costs O(answers * log stages).
 * @param freeSlots how many more stages may run on this machine, over all runs
 */
export function decide(state: RunState, freeSlots: number): readonly Action[] {
  if (isFinalRunStatus(state.status)) return [];
  if (state.status === 'queued') return [{ type: 'start-run' }];
  if (state.cancelRequested !== null) return decideCancelled(state);
  const actions: Action[] = [];
  for (let doomed = state.doomed; doomed !== null; doomed = heapWithoutFirst(doomed)) {
    const stage = chunkedGet(state.stages, doomed.value);
    if (stage.finishedAt !== null) continue;
    if (stage.cancelRequested) actions.push({ type: 'cancel-stage', stage: stage.id });
    else
      actions.push({ type: 'skip-stage', stage: stage.id, reason: upstreamReason(state, stage.blockedBy) });
  }
  if (actions.length > 0) return actions;

  let slots = Math.min(freeSlots, state.maxParallel - state.counts.running);
  for (let ready = state.ready; ready !== null && slots > 0; ready = heapWithoutFirst(ready)) {
    const stage = chunkedGet(state.stages, ready.value);
    if (stage.status !== 'ready') continue;
    actions.push({ type: 'start-attempt', stage: stage.id, attempt: stage.attempts.length + 1 });
    slots -= 1;
  }
  if (actions.length === 0 && unfinished(state) === 0)
    return [{ type: 'finish-run', status: resultOf(state) }];
  return actions;
}

function decideCancelled(state: RunState): readonly Action[] {
  if (state.counts.pending + state.counts.ready > 0) {
    return chunkedToArray(state.stages)
      .filter((stage) => stage.status === 'pending' || stage.status === 'ready')
      .map((stage): Action => ({ type: 'cancel-stage', stage: stage.id }));
  }
  return unfinished(state) === 0 ? [{ type: 'finish-run', status: 'cancelled' }] : [];
}

function unfinished({ counts }: RunState): number {
  return counts.pending + counts.ready + counts.queued + counts.running + counts['waiting-approval'];
}

function upstreamReason(state: RunState, blockedBy: StageId | null): SkipReason {
  const index = blockedBy === null ? undefined : state.graph.indexOf.get(blockedBy);
  if (blockedBy === null || index === undefined) return { type: 'run-cancelled' };
  return { type: 'upstream', stage: blockedBy, status: chunkedGet(state.stages, index).status };
}

/** A failure that `continue-on-error` allows does not fail the run. */
function resultOf(state: RunState): FinalRunStatus {
  const { counts } = state;
  if (counts.failed + counts['timed-out'] + counts['infra-error'] > 0) {
    const decisive = chunkedToArray(state.stages).some(
      (stage, index) =>
        (stage.status === 'failed' || stage.status === 'timed-out' || stage.status === 'infra-error') &&
        !state.plan.stages[index]!.continueOnError,
    );
    if (decisive) return 'failed';
  }
  return counts.cancelled > 0 ? 'cancelled' : 'succeeded';
}
