import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import { useRoute } from '#renderer/ui/navigation/navigate.ts';
import type { Route } from '#renderer/ui/navigation/route.ts';
import type { ProjectId, RunId } from '#shared/lib/ids.ts';

/** Which project and pipeline file the window is at, as far as one is; a run tells those it is of. */
export interface Place {
  readonly projectId: ProjectId | null;
  readonly file: string | null;
}

const runOf = (route: Route): RunId | null =>
  route.screen === 'run' || route.screen === 'log' || route.screen === 'shell' ? route.runId : null;

export function usePlace(): Place {
  const { client } = useBridge();
  const route = useRoute();
  const runId = runOf(route);
  const run = useRemote(runId === null ? null : ['run', runId, 'summary'], (signal) =>
    client.run.get({ runId: runId! }, { signal }),
  );
  if (runId !== null) {
    return run.status === 'ready'
      ? { projectId: run.value.projectId, file: run.value.pipelineFile }
      : { projectId: null, file: null };
  }
  return {
    projectId: 'projectId' in route ? (route.projectId ?? null) : null,
    file: route.screen === 'pipeline' ? route.file : null,
  };
}
