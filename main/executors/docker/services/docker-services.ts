import os from 'node:os';
import type { Clock, PlaceRequest, RunOwner } from '#main/engine/ports.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { connectDocker, type DockerDaemon } from '../docker-client.ts';
import { dockerConfigDir } from '../find-daemon.ts';
import { ofRun } from '../labels.ts';
import { type OpenServices, openServices, type ServiceUsers } from './open-services.ts';

export interface DockerServicesOptions {
  readonly owner: RunOwner;
  readonly clock: Clock;
  /** Default: the daemon that the user's Docker means. */
  readonly connect?: () => Promise<DockerDaemon>;
  /** The user's Docker configuration; default: where Docker itself looks. */
  readonly configDir?: string;
}

/** Services in containers, for stages wherever they run. */
export interface DockerServices {
  /** As `openServices`. @throws AppError `docker-unreachable` too */
  open(request: PlaceRequest, users: ServiceUsers, signal: AbortSignal): Promise<OpenServices>;
  /** Removes what is left of a run's services, which is something only when the daemon was away at its time. Never rejects. */
  release(runId: RunId): Promise<void>;
}

export function createDockerServices(options: DockerServicesOptions): DockerServices {
  const { owner, clock, connect = connectDocker } = options;
  const configDir = options.configDir ?? dockerConfigDir({ env: process.env, home: os.homedir() });
  return {
    async open(request, users, signal) {
      const daemon = await connect();
      return openServices({ daemon, owner, clock, configDir }, request, users, signal);
    },
    async release(runId) {
      try {
        await removeLeftovers(await connect(), runId);
      } catch {
        // The next start looks again for what carries the labels of a run.
      }
    },
  };
}

async function removeLeftovers({ docker }: DockerDaemon, runId: RunId): Promise<void> {
  const filters = ofRun(runId);
  const containers = await docker.listContainers({ all: true, filters });
  for (const { Id: id } of containers) await docker.getContainer(id).remove({ force: true, v: true });
  const networks = await docker.listNetworks({ filters });
  for (const { Id: id } of networks) await docker.getNetwork(id).remove();
}
