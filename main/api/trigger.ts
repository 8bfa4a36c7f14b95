import type { Host } from '#main/host/create-host.ts';
import { followTriggers } from '#main/host/follow-triggers.ts';
import { runTrigger } from '#main/host/run-trigger.ts';
import { createTriggerPipelines, webhookUrls } from '#main/host/triggers.ts';
import { listTriggers } from '#main/triggers/list-triggers.ts';
import { previewTimes } from '#main/triggers/preview-times.ts';
import type { TriggerPipeline } from '#main/triggers/ports.ts';
import { TRIGGER_TYPES, type TriggerKey, type TriggerType } from '#shared/api/trigger-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { guarded, os } from './implementer.ts';

export function triggerProcedures(host: Host) {
  const listPipelines = createTriggerPipelines(host);
  const { triggers } = host.store;

  const of = (pipelines: readonly TriggerPipeline[], nowMs: number) =>
    listTriggers(pipelines, triggers, nowMs, webhookUrls(host));

  async function list(projectId?: ProjectId) {
    const pipelines = (await listPipelines()).filter(
      (pipeline) => projectId === undefined || pipeline.projectId === projectId,
    );
    return of(pipelines, Date.now());
  }

  function setPaused(
    { projectId, file, type }: { projectId: ProjectId; file: string; type?: TriggerType | undefined },
    paused: boolean,
  ): void {
    host.store.projects.get(projectId);
    for (const each of type === undefined ? TRIGGER_TYPES : [type]) {
      triggers.setPaused({ projectId, file, type: each }, paused);
    }
  }

  async function* changes(signal?: AbortSignal) {
    const ports = { listPipelines, triggersOf: of, mark: () => triggers.mark(), now: () => Date.now() };
    for await (const all of followTriggers(ports, signal)) yield { triggers: all };
  }

  async function run({ projectId, file, type }: TriggerKey, signal?: AbortSignal) {
    const pipelines = (await listPipelines()).filter((each) => each.projectId === projectId);
    const found = of(pipelines, Date.now()).find((each) => each.file === file && each.type === type);
    const pipeline = pipelines.find((each) => each.file === file);
    if (pipeline === undefined || found === undefined) {
      throw new AppError('usage', `${file} has no trigger ${type} in this project.`, {
        hint: 'See the list of triggers.',
      });
    }
    const runId = await runTrigger(host, pipeline, type, signal ?? new AbortController().signal);
    return host.store.runs.get(runId);
  }

  return {
    changes: os.trigger.changes.handler(({ signal }) => guarded(changes(signal))),
    run: os.trigger.run.handler(({ input, signal }) => run(input, signal)),
    list: os.trigger.list.handler(({ input }) => list(input.projectId)),
    nextTimes: os.trigger.nextTimes.handler(({ input }) => previewTimes(input, Date.now())),
    pause: os.trigger.pause.handler(({ input }) => {
      setPaused(input, true);
      return { paused: true };
    }),
    resume: os.trigger.resume.handler(({ input }) => {
      setPaused(input, false);
      return { paused: false };
    }),
    history: os.trigger.history.handler(({ input }) => triggers.firings(input)),
  };
}
