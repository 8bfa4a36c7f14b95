import { create } from 'zustand';
import { toFailure, type Failure } from '#renderer/bridge/app-failure.ts';
import type { Bridge } from '#renderer/bridge/bridge.ts';
import { startRun as start, type RunArguments } from '#renderer/bridge/start-run.ts';
import { navigate } from '#renderer/ui/navigation/navigate.ts';
import { showToast } from '#renderer/ui/toast-store.ts';
import type { PipelineView } from '#shared/api/schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';

export interface LaunchRequest {
  readonly projectId: ProjectId;
  readonly file: string;
  /** Opens the form even where the pipeline has no inputs. */
  readonly withOptions?: boolean;
}

/** The form that is open, if one is; a run is launched one at a time. */
export const useRunForm = create<{
  readonly form: { readonly request: LaunchRequest; readonly view: PipelineView } | null;
}>()(() => ({ form: null }));

let launching = false;

/** Runs a pipeline file: at once when it asks for nothing, else its form opens. Goes to the run; what is wrong becomes a toast. */
export async function launchRun(bridge: Bridge, request: LaunchRequest): Promise<void> {
  // A second press while the first is under way would make a second run.
  if (launching) return;
  launching = true;
  const { projectId, file } = request;
  try {
    const view = await bridge.client.pipeline.get({ projectId, file });
    if (view.runnable && (view.inputs.length > 0 || request.withOptions === true)) {
      useRunForm.setState({ form: { request, view } });
      return;
    }
    const failure = await startRun(bridge, { projectId, file });
    if (failure !== null && failure !== 'declined') tell(failure, request);
  } catch (error) {
    tell(toFailure(error), request);
  } finally {
    launching = false;
  }
}

/** Starts a run and goes to it; answers with why it could not, or that somebody did not want it to. */
export async function startRun(bridge: Bridge, run: RunArguments): Promise<Failure | 'declined' | null> {
  try {
    const started = await start(bridge.client, run);
    if (started === null) return 'declined';
    bridge.cache.invalidate(['runs']);
    navigate({ screen: 'run', runId: started.id });
    return null;
  } catch (error) {
    return toFailure(error);
  }
}

function tell({ code, message, hint }: Failure, { projectId, file }: LaunchRequest): void {
  showToast({
    key: `launch ${projectId} ${file}`,
    tone: 'failed',
    title: code === 'pipeline-invalid' ? `${file} cannot run` : message,
    ...(code === 'pipeline-invalid' ? { body: message } : hint === null ? {} : { body: hint }),
    action: { label: 'Open the file', run: () => navigate({ screen: 'pipeline', projectId, file }) },
  });
}
