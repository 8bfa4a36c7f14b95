import type { RunId } from '#shared/lib/ids.ts';
import type { DockerDaemon } from './docker-client.ts';
import { LABELS, ofRun } from './labels.ts';
import { forgetRunNetwork } from './run-network.ts';

/** Removes the containers, networks and volumes of a run that are still there. @throws whatever the daemon does */
export async function removeRunLeftovers(daemon: DockerDaemon, runId: RunId): Promise<void> {
  forgetRunNetwork(daemon, runId);
  await removeLeftovers(daemon, runId, () => true);
}

/**
 * Removes what is left of runs that are over, such as those of a Pipewright that was killed.
 * @param isOver whether nobody works at a run any more; false for a run of somebody else's data folder
 * @throws whatever the daemon does
 */
export function reapDockerLeftovers(daemon: DockerDaemon, isOver: (runId: RunId) => boolean): Promise<void> {
  return removeLeftovers(daemon, null, isOver);
}

interface Labelled {
  readonly Name: string;
  readonly Labels?: Record<string, string> | null;
}

async function removeLeftovers(
  { docker }: DockerDaemon,
  runId: RunId | null,
  isOver: (runId: RunId) => boolean,
): Promise<void> {
  const filters = ofRun(runId);
  const isLeft = ({ Labels }: Pick<Labelled, 'Labels'>): boolean => {
    const of = Labels?.[LABELS.run];
    return of !== undefined && isOver(of as RunId);
  };
  const containers = (await docker.listContainers({ all: true, filters })).filter(isLeft);
  await Promise.all(
    containers.map(({ Id }) => unlessGone(docker.getContainer(Id).remove({ force: true, v: true }))),
  );
  // A network can go only when nobody is in it.
  const networks = (await docker.listNetworks({ filters })).filter(isLeft);
  // Null where there is none, whatever its type says.
  const { Volumes } = (await docker.listVolumes({ filters })) as { readonly Volumes: Labelled[] | null };
  const volumes = (Volumes ?? []).filter(isLeft);
  await Promise.all([
    ...networks.map(({ Id }) => unlessGone(docker.getNetwork(Id).remove())),
    ...volumes.map(({ Name }) => unlessGone(docker.getVolume(Name).remove())),
  ]);
}

/** One that goes by itself meanwhile, or that somebody else uses, is no fault: the next look finds it if it stays. */
async function unlessGone(removal: Promise<unknown>): Promise<void> {
  await removal.catch(() => undefined);
}
