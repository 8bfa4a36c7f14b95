import type { Host } from '#main/host/create-host.ts';
import { createTriggerPipelines, webhookUrls } from '#main/host/triggers.ts';
import { listTriggers } from '#main/triggers/list-triggers.ts';
import { TRIGGER_TYPES, type TriggerType } from '#shared/api/trigger-schemas.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import { os } from './implementer.ts';

export function triggerProcedures(host: Host) {
  const listPipelines = createTriggerPipelines(host);
  const { triggers } = host.store;

  async function list(projectId?: ProjectId) {
    const pipelines = (await listPipelines()).filter(
      (pipeline) => projectId === undefined || pipeline.projectId === projectId,
    );
    return listTriggers(pipelines, triggers, Date.now(), webhookUrls(host));
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

  return {
    list: os.trigger.list.handler(({ input }) => list(input.projectId)),
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
