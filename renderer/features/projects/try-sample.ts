import { toFailure, type Failure } from '#renderer/bridge/app-failure.ts';
import type { Bridge } from '#renderer/bridge/bridge.ts';
import { startRun } from '#renderer/bridge/start-run.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';

/** Makes and opens the sample project and runs its first pipeline; Back from the run leads to its pipeline. */
export async function trySample(bridge: Bridge): Promise<Failure | null> {
  try {
    const { id: projectId } = await bridge.client.project.openSample();
    bridge.cache.invalidate(['projects']);
    const [first] = await bridge.client.project.pipelines({ projectId });
    if (first === undefined) {
      navigate({ screen: 'project', projectId });
      return null;
    }
    navigate({ screen: 'pipeline', projectId, file: first.file });
    const run = await startRun(bridge.client, { projectId, file: first.file });
    if (run !== null) navigate({ screen: 'run', runId: run.id });
    return null;
  } catch (error) {
    return toFailure(error);
  }
}
