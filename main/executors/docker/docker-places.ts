import os from 'node:os';
import type { Clock, Places, RunOwner } from '#main/engine/ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { type ContainerPlaceOptions, openContainerPlace } from './container-place.ts';
import { connectDocker, type DockerDaemon } from './docker-client.ts';
import { reapDockerLeftovers, removeRunLeftovers } from './docker-leftovers.ts';
import { dockerConfigDir } from './find-daemon.ts';
import { openServices } from './services/open-services.ts';
import { unlessAborted, unlessHung } from './unless-hung.ts';

export interface DockerPlacesOptions {
  readonly owner: RunOwner;
  readonly clock: Clock;
  /** Whether a run of this data folder is over: what is left of it is removed before the first container is made. */
  readonly isOver: (runId: RunId) => boolean;
  /** Told of a run that could not be released, as the daemon is away or does not answer: something of it may be left. */
  readonly onLeft?: (runId: RunId) => Promise<void>;
  /** Default: the daemon that the user's Docker means. */
  readonly connect?: () => Promise<DockerDaemon>;
}

/**
 * Places in containers. The daemon is asked for with the first one; a daemon that has gone and come back is found again,
 * since each call is a connection of its own.
 */
export function createDockerPlaces(options: DockerPlacesOptions): Places {
  const { owner, clock, isOver, onLeft, connect = connectDocker } = options;
  const configDir = dockerConfigDir({ env: process.env, home: os.homedir() });
  /** Runs with a place, and the ends of those that nobody waits for any more. */
  const opened = new Map<RunId, Promise<void>[]>();
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
      const ends = opened.get(request.runId) ?? [];
      opened.set(request.runId, ends);
      const around: ContainerPlaceOptions = {
        ...{ owner, configDir, home: os.homedir() },
        openServices: (of, until) => openServices({ daemon, owner, clock, configDir }, of, 'inside', until),
      };
      const opening = openContainerPlace(daemon, request, place.container, around, signal);
      const late = (): void =>
        void ends.push(opening.then((opened) => opened.close()).catch(() => undefined));
      return unlessHung(opening, signal, late);
    },
    async release(runId) {
      const ends = opened.get(runId);
      if (ends === undefined) return;
      opened.delete(runId);
      const release = async (): Promise<void> => {
        await Promise.all(ends);
        await removeRunLeftovers(await connected(), runId);
      };
      try {
        await unlessAborted(release(), AbortSignal.timeout(RELEASE_MS));
      } catch {
        // A full disk, on which it cannot be told, keeps no run from its end; the next container's start looks by labels.
        await onLeft?.(runId).catch(() => undefined);
      }
    },
  };
}

/** The end of a run does not wait longer than this for a daemon that takes no notice. */
const RELEASE_MS = 30_000;

async function firstConnection(
  connect: () => Promise<DockerDaemon>,
  isOver: (runId: RunId) => boolean,
): Promise<DockerDaemon> {
  const daemon = await connect();
  // What cannot be removed now is no reason to do nothing.
  await reapDockerLeftovers(daemon, isOver).catch(() => undefined);
  return daemon;
}
