import path from 'node:path';
import type { DockerServices } from '#main/executors/docker/services/docker-services.ts';
import { createLocalPlaces } from '#main/executors/local/local-places.ts';
import type { Executor, Places, RunOwner } from '#main/engine/ports.ts';
import { systemClock } from './system-clock.ts';

/** This machine with services beside the steps, which run in containers. Docker's code is loaded with the first service. */
export function createServicePlaces(executor: Executor, owner: RunOwner): Places {
  let loading: Promise<DockerServices> | null = null;
  const services = (): Promise<DockerServices> => (loading ??= loadServices(owner));
  return createLocalPlaces({
    executor,
    paths: { separator: path.sep, delimiter: path.delimiter },
    openServices: async (request, signal) => (await services()).open(request, 'outside', signal),
    releaseServices: async (runId) => (await services()).release(runId),
  });
}

async function loadServices(owner: RunOwner): Promise<DockerServices> {
  const { createDockerServices } = await import('#main/executors/docker/services/docker-services.ts');
  return createDockerServices({ owner, clock: systemClock });
}
