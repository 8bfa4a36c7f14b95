import type { RunId } from '#shared/lib/ids.ts';
import { toFailure } from './app-failure.ts';
import type { BridgeClient } from './client.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { showToast } from '#renderer/ui/toast-store.ts';

/** Opens the comparison of a run with the one of its pipeline before it; a toast says when there is none. */
export async function compareWithBefore(client: BridgeClient, runId: RunId): Promise<void> {
  try {
    const { before } = await client.report.story({ runId });
    if (before !== null) navigate({ screen: 'compare', before: before.runId, after: runId });
    else showToast({ title: 'There is no earlier run of this pipeline to compare with', key: 'compare' });
  } catch (error) {
    const { message, hint } = toFailure(error);
    const body = hint === null ? message : `${message} ${hint}`;
    showToast({ tone: 'failed', title: 'Could not look for an earlier run', body, key: 'compare' });
  }
}
