import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import type { PlaceRequest, ServiceFacts } from '#main/engine/ports.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { isContainerService } from '#shared/pipeline/plan-place.ts';
import { startTogether } from '../../services/start-together.ts';
import { dockerError } from '../docker-error.ts';
import { labelsOf } from '../labels.ts';
import { publishAddress, publishedHost } from './service-ports.ts';
import { type ServiceEngine, startService } from './start-service.ts';

/** The services of an attempt, ready. */
export interface OpenServices {
  /** By id, as the steps reach them. */
  readonly facts: Readonly<Record<string, ServiceFacts>>;
  /** The network on which each answers to its id. */
  readonly network: string;
  /** Removes them, their volumes and their network; whoever joined it has left by then. Idempotent; never rejects. */
  close(): Promise<void>;
}

/** Who uses the services: steps in a container of their network, or steps that only reach the machine they run on. */
export type ServiceUsers = 'inside' | 'outside';

/**
 * Starts the services of an attempt that are containers beside each other, on a network of their own: two stages, or two
 * legs of a matrix, may each have a `db`.
 * @throws AppError as `startService`. Rejects with the signal's reason when it aborts. Nothing is left then.
 */
export async function openServices(
  engine: ServiceEngine,
  request: PlaceRequest,
  users: ServiceUsers,
  signal: AbortSignal,
): Promise<OpenServices> {
  signal.throwIfAborted();
  const services = request.services.filter(isContainerService);
  const alien = request.services.find((service) => !isContainerService(service));
  if (alien !== undefined && users === 'inside') throw unreachable(alien.id);
  const made: (() => Promise<void>)[] = [];
  const { daemon, owner } = engine;
  const { runId, stage, attempt } = request;
  const labels = labelsOf({ runId, stage, attempt, owner });
  const network = await createNetwork(daemon.docker, runId, labels);
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> =>
    (closing ??= (async () => {
      await Promise.all(made.map((remove) => remove()));
      await removeNetwork(network);
    })());

  const around = {
    network: network.id,
    labels,
    publishTo: users === 'inside' ? null : publishAddress(publishedHost(daemon.address)),
  };
  try {
    const facts = await startTogether(
      services.map((service) => async (until) => {
        const onMade = (remove: () => Promise<void>): unknown => made.push(remove);
        return [service.id, await startService(engine, service, around, request, onMade, until)] as const;
      }),
      signal,
    );
    return { facts: Object.fromEntries(facts), network: network.id, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The file says no such thing; a stage that was put into a container by other means might. */
function unreachable(id: string): AppError {
  const message = `Service ${id} is a process of this machine, which a stage in a container does not reach.`;
  const hint = 'Give the service an image, or let the stage run on this machine.';
  return new AppError('unsupported-place', message, { hint });
}

async function createNetwork(
  docker: Docker,
  runId: RunId,
  labels: Readonly<Record<string, string>>,
): Promise<Docker.Network> {
  try {
    const name = `pipewright-${runId}-${randomBytes(4).toString('hex')}`;
    return await docker.createNetwork({ Name: name, Driver: 'bridge', Labels: { ...labels } });
  } catch (error) {
    throw dockerError(error, 'make a network for the services');
  }
}

/** What still holds it, such as a container that did not go, is found by its labels later, and so is the network. */
async function removeNetwork(network: Docker.Network): Promise<void> {
  await network.remove().catch(() => undefined);
}
