import { toFailure } from '#renderer/bridge/app-failure.ts';
import { breakpointsOf, useBreakpoints } from '#renderer/bridge/breakpoints.ts';
import type { BridgeClient } from '#renderer/bridge/client.ts';
import { startRun } from '#renderer/bridge/start-run.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { RunState } from '#shared/run/run-state.ts';

function complain(title: string, error: unknown): void {
  const { message, hint } = toFailure(error);
  showToast({
    tone: 'failed',
    title,
    body: hint === null ? message : `${message} ${hint}`,
    key: 'run-action',
  });
}

/** Asks for the end of a run; its events say when it is there. A refusal is told in a toast. */
export async function cancelRun(client: BridgeClient, run: RunState): Promise<void> {
  try {
    await client.run.cancel({ runId: run.runId });
  } catch (error) {
    complain('Could not cancel the run', error);
  }
}

/** Starts the same file with the same inputs and goes to the new run. A refusal is told in a toast. */
export async function runAgain(client: BridgeClient, run: RunState): Promise<void> {
  try {
    const { projectId } = await client.run.get({ runId: run.runId });
    const inputs = Object.fromEntries(
      Object.entries(run.plan.inputs).map(([name, value]) => [name, String(value)]),
    );
    const started = await startRun(client, { projectId, file: run.pipelineFile, inputs });
    if (started !== null) navigate({ screen: 'run', runId: started.id });
  } catch (error) {
    complain('Could not run it again', error);
  }
}

/** Starts a run that reuses what had succeeded and waits at breakpoints, and goes to it: from what failed on, or from one stage on. */
export async function rerun(
  client: BridgeClient,
  run: RunState,
  from: { readonly from: 'failed' } | { readonly from: 'stage'; readonly stage: StageId },
): Promise<void> {
  try {
    const { projectId } = await client.run.get({ runId: run.runId });
    const place = { projectId, file: run.pipelineFile };
    const breakpoints = [...breakpointsOf(useBreakpoints.getState(), place)];
    const started = await client.run.rerun({ runId: run.runId, ...from, breakpoints });
    navigate({ screen: 'run', runId: started.id });
  } catch (error) {
    complain('Could not rerun it', error);
  }
}

/** Goes on with an interrupted run. A refusal is told in a toast. */
export async function resumeRun(client: BridgeClient, run: RunState): Promise<void> {
  try {
    await client.run.resume({ runId: run.runId });
  } catch (error) {
    complain('Could not resume the run', error);
  }
}

export interface StageDecision {
  readonly runId: RunId;
  readonly stage: string;
  readonly decision: 'approved' | 'rejected';
  readonly comment?: string | undefined;
}

/** Decides a stage that waits for approval. A refusal, or that someone was quicker, is told in a toast. */
export async function decideStage(client: BridgeClient, decision: StageDecision): Promise<void> {
  const { comment, ...rest } = decision;
  try {
    const { accepted } = await client.run.decide({ ...rest, ...(comment !== undefined && { comment }) });
    if (accepted) return;
    showToast({
      title: `${decision.stage} does not wait any more`,
      body: 'It was decided already.',
      key: 'run-action',
    });
  } catch (error) {
    complain(`Could not decide ${decision.stage}`, error);
  }
}

/** Lets a paused stage go on. A refusal, or that someone was quicker, is told in a toast. */
export async function continueStage(client: BridgeClient, runId: RunId, stage: string): Promise<void> {
  try {
    const { accepted } = await client.run.continue({ runId, stage });
    if (!accepted)
      showToast({ title: `${stage} is not paused any more`, body: 'It goes on already.', key: 'run-action' });
  } catch (error) {
    complain(`Could not continue ${stage}`, error);
  }
}

/** Keeps the run whatever retention says, or no longer. A refusal is told in a toast. */
export async function pinRun(client: BridgeClient, runId: RunId, pinned: boolean): Promise<void> {
  try {
    await client.run.pin({ runId, pinned });
  } catch (error) {
    complain(`Could not ${pinned ? 'pin' : 'unpin'} the run`, error);
  }
}

/** Removes a finished run with its logs and goes to the list. A refusal is told in a toast. */
export async function removeRun(client: BridgeClient, run: RunState): Promise<void> {
  try {
    await client.run.remove({ runId: run.runId });
    navigate({ screen: 'runs' });
  } catch (error) {
    complain('Could not remove the run', error);
  }
}
