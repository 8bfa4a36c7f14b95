import type { DockerDaemon } from './docker-client.ts';
import { dockerError, isConflict } from './docker-error.ts';
import { type Belonging, labelsOf, ofRun } from './labels.ts';

/**
 * The network of a run, on which its containers find each other by name; made by whoever asks first. Safe to call many
 * times at once in one process, and a run has one host.
 * @returns its name
 * @throws AppError `place-failed`, `docker-unreachable`
 */
export async function ensureRunNetwork(daemon: DockerDaemon, belonging: Belonging): Promise<string> {
  const { runId, owner } = belonging;
  let makings = underWay.get(daemon);
  if (makings === undefined) underWay.set(daemon, (makings = new Map<string, Promise<string>>()));
  const existing = makings.get(runId);
  if (existing !== undefined) return existing;
  const making = makeNetwork(daemon, { runId, owner });
  makings.set(runId, making);
  // A failure is not kept: the next attempt tries again.
  making.catch(() => makings.delete(runId));
  return making;
}

/** So that the stages of a run that start together ask for one network. */
const underWay = new WeakMap<DockerDaemon, Map<string, Promise<string>>>();

/** After this the network is made anew when somebody asks for it. */
export function forgetRunNetwork(daemon: DockerDaemon, runId: string): void {
  underWay.get(daemon)?.delete(runId);
}

async function makeNetwork(
  { docker }: DockerDaemon,
  belonging: Pick<Belonging, 'runId' | 'owner'>,
): Promise<string> {
  const name = `pipewright-${belonging.runId}`;
  try {
    // A run that goes on after a crash may find it.
    const existing = await docker.listNetworks({ filters: ofRun(belonging.runId) });
    if (existing.some((network) => network.Name === name)) return name;
    await docker.createNetwork({ Name: name, CheckDuplicate: true, Labels: labelsOf(belonging) });
    return name;
  } catch (error) {
    // Somebody else was faster.
    if (isConflict(error)) return name;
    throw dockerError(error, 'make a network for the run');
  }
}
