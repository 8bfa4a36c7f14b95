import { chunkedGet } from '../lib/chunked.ts';
import type { RunState, StageState } from './run-state.ts';
import { type FinalStageStatus, isFinalStageStatus } from './status.ts';

/** Something about a stage that is to be settled before it can start, and that needs no slot. */
export type DueType =
  'evaluate-condition' | 'expand-matrix' | 'finish-matrix' | 'request-approval' | 'acquire-locks';

/** What is due for a stage; null for one that has nothing to settle now. */
export function dueOf(state: RunState, index: number): DueType | null {
  const stage = chunkedGet(state.stages, index);
  const planned = state.plan.stages[index]!;
  if (stage.unmetNeeds > 0 || stage.cancelRequested) return null;
  if (stage.status === 'pending') return stage.conditionMet ? null : 'evaluate-condition';
  if (stage.status !== 'ready') return null;
  if (planned.matrix !== null) return planned.matrix.legs === null ? 'expand-matrix' : 'finish-matrix';
  if (planned.approval !== null) return 'request-approval';
  return stage.hasLocks ? null : 'acquire-locks';
}

export interface MatrixResult {
  readonly status: FinalStageStatus;
  /** Those of all legs; where several give one name, the last leg's stands, as on GitHub. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** What a matrix whose legs have all finished came to. A failure that its leg allows does not count. */
export function matrixResult(state: RunState, index: number): MatrixResult {
  const legs = (state.plan.stages[index]!.matrix?.legs ?? []).map((id) => state.graph.indexOf.get(id)!);
  const stages = legs.map((leg) => chunkedGet(state.stages, leg));
  const counting = stages.filter((_, at) => !state.plan.stages[legs[at]!]!.continueOnError);
  const outputs = Object.assign({}, ...stages.map((stage) => stage.outputs)) as Record<string, string>;
  return { status: statusOf(stages, counting), outputs };
}

function statusOf(stages: readonly StageState[], counting: readonly StageState[]): FinalStageStatus {
  for (const status of ['failed', 'timed-out', 'infra-error'] as const) {
    if (counting.some((stage) => stage.status === status)) return status;
  }
  if (stages.some((stage) => stage.status === 'cancelled')) return 'cancelled';
  return stages.every((stage) => stage.status === 'skipped' && isFinalStageStatus(stage.status))
    ? 'skipped'
    : 'succeeded';
}
