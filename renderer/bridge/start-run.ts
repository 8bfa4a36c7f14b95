import type { RunSummary } from '#shared/api/schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { toFailure } from './app-failure.ts';
import { breakpointsOf, useBreakpoints } from './breakpoints.ts';
import type { BridgeClient } from './client.ts';
import { askTrust } from './trust-question.ts';

export type RunArguments = Parameters<BridgeClient['run']['start']>[0] & { readonly projectId: ProjectId };

/**
 * Starts a run, which waits at the breakpoints of its file; a pipeline that is not trusted is shown and asked about first.
 * @returns null when the answer was no
 * @throws what `run.start` throws
 */
export function startRun(client: BridgeClient, run: RunArguments): Promise<RunSummary | null> {
  const breakpoints = [...breakpointsOf(useBreakpoints.getState(), run)];
  return withTrust(client, run, () => client.run.start({ breakpoints, ...run }));
}

/**
 * Does something that the host refuses with `not-trusted`; then asks, and does it again after a yes.
 * @returns null when the answer was no
 * @throws what `act` throws
 */
export async function withTrust<Result>(
  client: BridgeClient,
  { projectId, file }: { readonly projectId: ProjectId; readonly file: string },
  act: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await act();
  } catch (error) {
    if (toFailure(error).code !== 'not-trusted') throw error;
  }
  return (await askTrust(client, { projectId, file })) ? act() : null;
}
