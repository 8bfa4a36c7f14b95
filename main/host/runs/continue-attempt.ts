import type { Engine } from '#main/engine/engine.ts';
import type { Store } from '#main/store/open-store.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import { identitiesOf } from './identity.ts';
import { readRun } from './read-run.ts';

/**
 * Lets an attempt that waits after its failure go on, whichever host runs it; another host takes the wish, as it takes an
 * approval, within a second.
 * @returns false when the stage does not wait
 * @throws AppError `run-not-found`, `stage-not-found`
 */
export async function continueAttempt(
  { engine, store }: { readonly engine: Engine; readonly store: Store },
  runId: RunId,
  stage: StageId,
): Promise<boolean> {
  const handle = engine.get(runId);
  const state = handle?.state() ?? readRun(store.events, runId);
  const index = state.graph.indexOf.get(stage);
  if (index === undefined) throw new AppError('stage-not-found', `The run has no stage ${stage}.`);
  if (chunkedGet(state.stages, index).attempts.at(-1)?.paused === undefined) return false;
  if (handle !== undefined) return engine.continueAttempt(runId, stage);
  const [by] = await identitiesOf(state.projectDir);
  return store.approvalRequests.add({ runId, stage, decision: 'approved', by, comment: null });
}
