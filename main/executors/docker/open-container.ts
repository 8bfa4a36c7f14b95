import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import type { LogSink } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { containerConfig, type ContainerWish } from './container-config.ts';
import type { DockerDaemon } from './docker-client.ts';
import { dockerError, isConflict, isNotFound, reasonOfFailure } from './docker-error.ts';

/**
 * Makes and starts a stage's container, which then waits for steps.
 * @throws AppError `place-failed`, `address-in-use`, `docker-unreachable`. Rejects with the signal's reason when it aborts.
 * Nothing is left then.
 */
export async function openContainer(
  daemon: DockerDaemon,
  wish: ContainerWish,
  log: LogSink,
  signal: AbortSignal,
): Promise<Docker.Container> {
  signal.throwIfAborted();
  const container = await create(daemon, wish, log);
  try {
    if (wish.alsoOn !== null)
      await daemon.docker.getNetwork(wish.alsoOn).connect({ Container: container.id });
    signal.throwIfAborted();
    await container.start();
    signal.throwIfAborted();
    return container;
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

async function create(daemon: DockerDaemon, wish: ContainerWish, log: LogSink): Promise<Docker.Container> {
  const config = containerConfig(wish, daemon);
  try {
    return await daemon.docker.createContainer(config);
  } catch (error) {
    const isLimit = /storage-opt/.test(reasonOfFailure(error));
    if (!isLimit) throw dockerError(error, `make a container of ${wish.container.image}`);
    const { StorageOpt, ...hostConfig } = config.HostConfig ?? {};
    if (StorageOpt === undefined) throw dockerError(error, `make a container of ${wish.container.image}`);
    const line =
      'Pipewright: resources.disk is not kept to, as the storage of this Docker knows no limits (it needs overlay2 on xfs with pquota)\n';
    await log.write('system', Buffer.from(line));
    try {
      return await daemon.docker.createContainer({ ...config, HostConfig: hostConfig });
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
