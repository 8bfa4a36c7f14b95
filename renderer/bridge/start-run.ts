import type { RunSummary } from '#shared/api/schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { toFailure } from './app-failure.ts';
import type { BridgeClient } from './client.ts';
import { askTrust } from './trust-question.ts';

export type RunArguments = Parameters<BridgeClient['run']['start']>[0] & { readonly projectId: ProjectId };

/**
 * Starts a run; a pipeline that is not trusted is shown and asked about first.
 * @returns null when the answer was no
 * @throws what `run.start` throws
 */
export async function startRun(client: BridgeClient, run: RunArguments): Promise<RunSummary | null> {
  try {
    return await client.run.start(run);
  } catch (error) {
    if (toFailure(error).code !== 'not-trusted') throw error;
  }
  const { projectId, file } = run;
  return (await askTrust(client, { projectId, file })) ? client.run.start(run) : null;
}
