import { openProcessServices } from '#main/executors/local/services/process-services.ts';
import type { ServiceMachine } from '#main/executors/local/services/service-machine.ts';
import type { OpenedServices, ServiceOpener } from '#main/executors/services/service-opener.ts';
import { startTogether } from '#main/executors/services/start-together.ts';
import type { DockerServices } from '#main/executors/docker/services/docker-services.ts';
import type { RunOwner } from '#main/engine/ports.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { isContainerService } from '#shared/pipeline/plan-place.ts';

/** Services in containers and as processes. Docker's code is loaded with the first service in a container. */
export function createHostServices(machine: ServiceMachine, owner: RunOwner): ServiceOpener {
  let loading: Promise<DockerServices> | null = null;
  const docker = (): Promise<DockerServices> => (loading ??= loadDocker(machine, owner));
  /** Runs of which the engine may have something to remove: asking it costs a stage without services more than all else. */
  const inContainers = new Set<RunId>();

  return {
    async open(request, signal) {
      const { services, runId } = request;
      if (services.length === 0) return NO_SERVICES;
      const isContained = services.some(isContainerService);
      if (isContained) inContainers.add(runId);
      const opened: OpenedServices[] = [];
      const keep = async (opening: Promise<OpenedServices>): Promise<unknown> => opened.push(await opening);
      const close = async (): Promise<void> => {
        await Promise.all(opened.map((each) => each.close()));
      };
      const starts = [
        (until: AbortSignal) => keep(openProcessServices(machine, request, until)),
        ...(isContained
          ? [async (until: AbortSignal) => keep((await docker()).open(request, 'outside', until))]
          : []),
      ];
      try {
        await startTogether(starts, signal);
      } catch (error) {
        await close();
        throw error;
      }
      return {
        facts: Object.assign({}, ...opened.map(({ facts }) => facts)) as OpenedServices['facts'],
        close,
      };
    },
    async release(runId) {
      if (inContainers.delete(runId)) await (await docker()).release(runId);
    },
  };
}

const NO_SERVICES: OpenedServices = { facts: {}, close: () => Promise.resolve() };

async function loadDocker({ clock }: ServiceMachine, owner: RunOwner): Promise<DockerServices> {
  const { createDockerServices } = await import('#main/executors/docker/services/docker-services.ts');
  return createDockerServices({ owner, clock });
}
