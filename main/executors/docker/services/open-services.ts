import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import type { PlaceRequest, ServiceFacts } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { dockerSays } from './docker-says.ts';
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

const LOOPBACK = '127.0.0.1';

/**
 * Starts the services of an attempt beside each other, on a network of their own: two stages, or two legs of a matrix,
 * may each have a `db`.
 * @param labels on all that is made, so that it is found when this process dies
 * @throws AppError as `startService`. Rejects with the signal's reason when it aborts. Nothing is left then.
 */
export async function openServices(
  engine: ServiceEngine,
  request: PlaceRequest,
  users: ServiceUsers,
  labels: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<OpenServices> {
  signal.throwIfAborted();
  const made: (() => Promise<void>)[] = [];
  const network = await createNetwork(engine.docker, request, labels);
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> =>
    (closing ??= (async () => {
      await Promise.all(made.map((remove) => remove()));
      await removeNetwork(network);
    })());

  const around = {
    network: network.id,
    labels,
    publishTo: users === 'inside' ? null : engine.publishedHost === LOOPBACK ? LOOPBACK : '0.0.0.0',
  };
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const started = await Promise.allSettled(
    request.services.map(async (service) => {
      try {
        const onMade = (remove: () => Promise<void>): unknown => made.push(remove);
        const facts = await startService(engine, service, around, request, onMade, either);
        return [service.id, facts] as const;
      } catch (error) {
        // The first one's reason is the stage's; the others need not get ready any more.
        failed.abort(error);
        throw error;
      }
    }),
  );
  const reason: unknown = either.aborted ? either.reason : null;
  if (reason !== null) {
    await close();
    throw reason;
  }
  const facts = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  return { facts: Object.fromEntries(facts), network: network.id, close };
}

async function createNetwork(
  docker: Docker,
  { runId }: PlaceRequest,
  labels: Readonly<Record<string, string>>,
): Promise<Docker.Network> {
  try {
    const name = `pipewright-${runId}-${randomBytes(4).toString('hex')}`;
    return await docker.createNetwork({ Name: name, Driver: 'bridge', Labels: { ...labels } });
  } catch (error) {
    const says = dockerSays(error);
    const hint = /address pool/.test(says)
      ? 'Docker has no addresses left: remove networks that nobody uses with `docker network prune`.'
      : 'See whether Docker can make a network: `docker network create x`.';
    throw new AppError('place-failed', `No network could be made for the services: ${says}.`, {
      hint,
      cause: error,
    });
  }
}

/** What still holds it, such as a container that did not go, is found by its labels later, and so is the network. */
async function removeNetwork(network: Docker.Network): Promise<void> {
  await network.remove().catch(() => undefined);
}
