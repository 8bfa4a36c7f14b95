import { AppError } from '#shared/lib/app-error.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { ApprovalState } from '#shared/run/run-state.ts';
import type { ApprovalDecision } from './engine.ts';
import type { RunScope } from './run-scope.ts';
import type { StageTimers } from './stage-timers.ts';

/** The stages of a run that wait for a person. */
export interface Approvals {
  /** Decides it when its time has run out; nothing for one that may wait for ever. */
  readonly arm: (stage: StageId) => void;
  /** Those that were waiting when the run was interrupted go on waiting for the same moment. */
  readonly armAll: () => void;
  /** False when it does not wait. @throws AppError `not-allowed` */
  readonly decide: (stage: StageId, decision: ApprovalDecision) => boolean;
}

export function createApprovals(scope: RunScope, timers: StageTimers): Approvals {
  const { journal, stageOf, plannedOf } = scope;

  function arm(stage: StageId): void {
    const { approval } = stageOf(stage);
    if (!approval?.expiresAt) return;
    timers.start(stage, approval.expiresAt, () =>
      scope.guarded(() => {
        const decision = plannedOf(stage).approval?.onTimeout === 'approve' ? 'approved' : 'rejected';
        end(stage, { decision, by: null, comment: null });
      }),
    );
  }

  function end(
    stage: StageId,
    { decision, by, comment }: Omit<ApprovalDecision, 'by'> & { readonly by: string | null },
  ): void {
    if (stageOf(stage).status !== 'waiting-approval') return;
    const outputs = { decision, by: by ?? '', comment: comment ?? '' };
    const status = decision === 'approved' ? 'succeeded' : 'failed';
    scope.emit([
      { type: 'approval-decided', stage, decision, by, comment },
      { type: 'stage-finished', stage, status, outputs, reason: null },
    ]);
  }

  return {
    arm,
    armAll() {
      for (const { id, status } of chunkedToArray(journal.state().stages)) {
        if (status === 'waiting-approval') arm(id);
      }
    },
    decide(stage, decision) {
      if (scope.isOver() || !journal.state().graph.indexOf.has(stage)) return false;
      const { approval, status } = stageOf(stage);
      if (status !== 'waiting-approval' || approval === null) return false;
      checkAllowed(approval, decision.by);
      scope.guarded(() => end(stage, decision));
      return true;
    },
  };
}

/** @throws AppError `not-allowed` naming who may decide */
export function checkAllowed({ allowed }: ApprovalState, by: string): void {
  if (allowed.length === 0 || allowed.some((name) => name.toLowerCase() === by.toLowerCase())) return;
  throw new AppError('not-allowed', `${by} may not decide this.`, { hint: `Ask ${allowed.join(', ')}.` });
}
