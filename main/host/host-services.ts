import { openProcessServices } from '#main/executors/local/services/process-services.ts';
import type { LocalServices } from '#main/executors/local/local-places.ts';
import type { ServiceMachine } from '#main/executors/local/services/service-machine.ts';
import { startTogether } from '#main/executors/services/start-together.ts';
import type { DockerServices } from '#main/executors/docker/services/docker-services.ts';
import type { PlaceRequest, RunOwner } from '#main/engine/ports.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { isContainerService } from '#shared/pipeline/plan-place.ts';

/** Services on this machine for steps that do not run in a container, be it here or on a host. */
export interface HostServices {
  /** Starts the services of a request; as `Places.open` in what it throws. */
  open(request: PlaceRequest, signal: AbortSignal): Promise<LocalServices>;
  /** Removes what is left of a run's services. Asks nobody about a run without. Never rejects. */
  release(runId: RunId): Promise<void>;
}

/** Docker's code is loaded with the first service in a container. */
export function createHostServices(machine: ServiceMachine, owner: RunOwner): HostServices {
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
      const opened: LocalServices[] = [];
      const keep = async (opening: Promise<LocalServices>): Promise<unknown> => opened.push(await opening);
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
        facts: Object.assign({}, ...opened.map(({ facts }) => facts)) as LocalServices['facts'],
        close,
      };
    },
    async release(runId) {
      if (inContainers.delete(runId)) await (await docker()).release(runId);
    },
  };
}

const NO_SERVICES: LocalServices = { facts: {}, close: () => Promise.resolve() };

async function loadDocker({ clock }: ServiceMachine, owner: RunOwner): Promise<DockerServices> {
  const { createDockerServices } = await import('#main/executors/docker/services/docker-services.ts');
  return createDockerServices({ owner, clock });
}
