import { checkAllowed } from '#main/engine/approvals.ts';
import type { Engine } from '#main/engine/engine.ts';
import type { Store } from '#main/store/open-store.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { StageState } from '#shared/run/run-state.ts';
import { identitiesOf } from './identity.ts';
import { readRun } from './read-run.ts';

export interface ApprovalWish {
  readonly runId: RunId;
  readonly stage: StageId;
  readonly decision: 'approved' | 'rejected';
  readonly comment: string | null;
}

/**
 * Decides a stage that waits, in the name of whoever uses this machine, whichever host runs it; another host takes the
 * decision within a second.
 * @returns who decided; null when the stage does not wait
 * @throws AppError `run-not-found`, `stage-not-found`, `not-allowed`
 */
export async function decideApproval(
  { engine, store }: { readonly engine: Engine; readonly store: Store },
  { runId, stage, decision, comment }: ApprovalWish,
): Promise<string | null> {
  const handle = engine.get(runId);
  const state = handle?.state() ?? readRun(store.events, runId);
  const index = state.graph.indexOf.get(stage);
  if (index === undefined) throw new AppError('stage-not-found', `The run has no stage ${stage}.`);
  const { status, approval } = chunkedGet(state.stages, index);
  if (status !== 'waiting-approval' || approval === null) return null;
  const by = chooseName(approval, await identitiesOf(state.projectDir));
  checkAllowed(approval, by);
  const isDone =
    handle === undefined
      ? store.approvalRequests.add({ runId, stage, decision, by, comment })
      : engine.decideApproval(runId, stage, { decision, by, comment });
  return isDone ? by : null;
}

/** Whoever is allowed by one of the names has decided by that name. */
function chooseName(
  { allowed }: NonNullable<StageState['approval']>,
  names: readonly [string, ...string[]],
): string {
  const lower = allowed.map((name) => name.toLowerCase());
  return names.find((name) => lower.includes(name.toLowerCase())) ?? names[0];
}
