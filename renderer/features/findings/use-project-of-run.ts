import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import type { ProjectId, RunId } from '#shared/lib/ids.ts';

/** The project of a run; null until it is known. */
export function useProjectOfRun(runId: RunId): ProjectId | null {
  const { client } = useBridge();
  const remote = useRemote(['run', runId], (signal) => client.run.get({ runId }, { signal }));
  return remote.status === 'ready' ? remote.value.projectId : null;
}
