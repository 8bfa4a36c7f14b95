import type { RunSummary } from '#shared/api/schemas.ts';
import { isFinalRunStatus, type RunStatus } from '#shared/run/status.ts';
import type { BridgeClient } from './client.ts';
import type { ConnectionStore } from './connection.ts';
import type { RemoteCache } from './remote-cache.ts';
import { stayConnected } from './stay-connected.ts';

export type RunsListener = (runs: readonly RunSummary[]) => void;

/** Keys that a change of any run makes outdated; features build theirs on these. */
export const RUN_KEYS = ['runs', 'projects', 'pipelines'] as const;

/**
 * Reads the host's stream of changed runs until the signal is aborted, keeps the cache in step and tells `onRuns`.
 * When the stream had to be opened again everything is out of date, since changes may have been missed.
 */
export async function followRunChanges(
  client: { readonly run: Pick<BridgeClient['run'], 'changes'> },
  connection: ConnectionStore,
  cache: RemoteCache,
  onRuns: RunsListener,
  signal: AbortSignal,
): Promise<void> {
  let isFirst = true;
  await stayConnected(
    { connection, signal, outlivesRefusals: true },
    async () => {
      const stream = await client.run.changes(undefined, { signal });
      if (!isFirst) cache.invalidate([]);
      isFirst = false;
      return stream;
    },
    ({ runs }) => {
      for (const key of RUN_KEYS) cache.invalidate([key]);
      for (const run of runs) cache.invalidate(['run', run.id]);
      onRuns(runs);
      return false;
    },
  );
}

/** Tells of each run that ended while it was watched; runs that had ended before are not news. */
export function createFinishDetector(startedAt: string, onFinished: (run: RunSummary) => void): RunsListener {
  const seen = new Map<string, RunStatus>();
  return (runs) => {
    for (const run of runs) {
      const before = seen.get(run.id);
      seen.set(run.id, run.status);
      if (!isFinalRunStatus(run.status)) continue;
      const wasActive = before === undefined ? (run.finishedAt ?? '') > startedAt : !isFinalRunStatus(before);
      if (wasActive) onFinished(run);
    }
  };
}
