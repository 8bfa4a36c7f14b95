import { toFailure } from '#renderer/bridge/app-failure.ts';
import type { BridgeClient } from '#renderer/bridge/client.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
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
    const started = await client.run.start({ projectId, file: run.pipelineFile, inputs });
    navigate({ screen: 'run', runId: started.id });
  } catch (error) {
    complain('Could not run it again', error);
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
