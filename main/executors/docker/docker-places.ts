import os from 'node:os';
import type { Clock, Places, RunOwner } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { type ContainerPlaceOptions, openContainerPlace } from './container-place.ts';
import { connectDocker, type DockerDaemon } from './docker-client.ts';
import { reapDockerLeftovers, removeRunLeftovers } from './docker-leftovers.ts';
import { dockerConfigDir } from './find-daemon.ts';
import { openServices } from './services/open-services.ts';

export interface DockerPlacesOptions {
  readonly owner: RunOwner;
  readonly clock: Clock;
  /** Whether a run of this data folder is over: what is left of it is removed before the first container is made. */
  readonly isOver: (runId: RunId) => boolean;
  /** Default: the daemon that the user's Docker means. */
  readonly connect?: () => Promise<DockerDaemon>;
}

/**
 * Places in containers. The daemon is asked for with the first one; a daemon that has gone and come back is found again,
 * since each call is a connection of its own.
 */
export function createDockerPlaces(options: DockerPlacesOptions): Places {
  const { owner, clock, isOver, connect = connectDocker } = options;
  const configDir = dockerConfigDir({ env: process.env, home: os.homedir() });
  const opened = new Set<RunId>();
  let connecting: Promise<DockerDaemon> | null = null;

  function connected(): Promise<DockerDaemon> {
    connecting ??= firstConnection(connect, isOver).catch((error: unknown) => {
      // It may be started until the next attempt.
      connecting = null;
      throw error;
    });
    return connecting;
  }

  return {
    async open(request, signal) {
      const { place } = request;
      if (place.type !== 'container')
        throw new AppError('unsupported-place', `Docker opens no ${place.type} places.`);
      const daemon = await unlessAborted(connected(), signal);
      opened.add(request.runId);
      const around: ContainerPlaceOptions = {
        ...{ owner, configDir, home: os.homedir() },
        openServices: (of, until) => openServices({ daemon, owner, clock, configDir }, of, 'inside', until),
      };
      return openContainerPlace(daemon, request, place.container, around, signal);
    },
    async release(runId) {
      if (!opened.delete(runId)) return;
      try {
        await removeRunLeftovers(await connected(), runId);
      } catch {
        // The daemon is gone; the next start looks again for what carries the labels of a run.
      }
    },
  };
}

/** A daemon that takes no notice of a call must not keep a stage from being cancelled. */
async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function firstConnection(
  connect: () => Promise<DockerDaemon>,
  isOver: (runId: RunId) => boolean,
): Promise<DockerDaemon> {
  const daemon = await connect();
  // What cannot be removed now is no reason to do nothing.
  await reapDockerLeftovers(daemon, isOver).catch(() => undefined);
  return daemon;
}
