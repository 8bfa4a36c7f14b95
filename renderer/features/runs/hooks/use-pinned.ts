import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import type { RunId } from '#shared/lib/ids.ts';

/** Whether retention must keep the run; null while it is not known. */
export function usePinned(runId: RunId | null): boolean | null {
  const { client } = useBridge();
  const key = runId === null ? null : ['run', runId, 'summary'];
  const summary = useRemote(key, async (signal) =>
    runId === null ? null : client.run.get({ runId }, { signal }),
  );
  return summary.status === 'ready' ? (summary.value?.pinned ?? null) : null;
}
