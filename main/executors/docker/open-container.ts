import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import { AppError } from '#shared/lib/app-error.ts';
import { containerConfig, type ContainerWish } from './container-config.ts';
import type { DockerDaemon } from './docker-client.ts';
import { dockerError, isConflict, isNotFound, reasonOfFailure } from './docker-error.ts';

/** A container that runs. */
export interface OpenedContainer {
  readonly container: Docker.Container;
  /** False when a limit of the disk was asked for which the storage of the daemon cannot keep. */
  readonly keepsDiskLimit: boolean;
}

/**
 * Makes and starts a stage's container, which then waits for steps.
 * @throws AppError `place-failed`, `address-in-use`, `docker-unreachable`. Rejects with the signal's reason when it aborts.
 * Nothing is left then.
 */
export async function openContainer(
  daemon: DockerDaemon,
  wish: ContainerWish,
  signal: AbortSignal,
): Promise<OpenedContainer> {
  signal.throwIfAborted();
  const opened = await create(daemon, wish);
  const { container } = opened;
  try {
    if (wish.alsoOn !== null)
      await daemon.docker.getNetwork(wish.alsoOn).connect({ Container: container.id });
    signal.throwIfAborted();
    await container.start();
    signal.throwIfAborted();
    return opened;
  } catch (error) {
    await removeContainer(container);
    signal.throwIfAborted();
    throw startError(error, wish);
  }
}

/** Removes a container with its volumes that have no name. Idempotent; never rejects. */
export async function removeContainer(container: Docker.Container): Promise<void> {
  for (let attempt = 1; attempt <= REMOVALS; attempt++) {
    try {
      await container.remove({ force: true, v: true });
      return;
    } catch (error) {
      // It is gone, or on its way; what stays is found by its labels at the next start.
      if (isNotFound(error) || isConflict(error)) return;
    }
  }
}

/** A daemon sometimes finds a file system busy that it lets go of the next time. */
const REMOVALS = 3;

async function create(daemon: DockerDaemon, wish: ContainerWish): Promise<OpenedContainer> {
  const config = containerConfig(wish, daemon);
  try {
    return { container: await daemon.docker.createContainer(config), keepsDiskLimit: true };
  } catch (error) {
    // Docker and Podman say it in other words.
    const isLimit = /storage[- ]opt|overlay\.size|quota/i.test(reasonOfFailure(error));
    if (!isLimit) throw dockerError(error, `make a container of ${wish.container.image}`);
    const { StorageOpt, ...hostConfig } = config.HostConfig ?? {};
    if (StorageOpt === undefined) throw dockerError(error, `make a container of ${wish.container.image}`);
    try {
      const container = await daemon.docker.createContainer({ ...config, HostConfig: hostConfig });
      return { container, keepsDiskLimit: false };
    } catch (second) {
      throw dockerError(second, `make a container of ${wish.container.image}`);
    }
  }
}

function startError(error: unknown, { container }: ContainerWish): AppError {
  const known = dockerError(error, `start a container of ${container.image}`);
  if (!/port is already allocated|address already in use/.test(known.message)) return known;
  const { message, hint } = known;
  return new AppError('address-in-use', message, { ...(hint === null ? {} : { hint }), cause: error });
}

/** A name that people can read in `docker ps`; made unique, since an attempt may be made again after a crash. */
export function containerName(runId: string, stage: string, attempt: number): string {
  const slug = stage.replace(/[^A-Za-z0-9_.-]+/g, '-').slice(0, 40);
  return `pipewright-${runId}-${slug}-${attempt}-${randomBytes(3).toString('hex')}`;
}
