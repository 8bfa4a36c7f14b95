import { formatSize } from '#shared/lib/sizes.ts';
import { type EndedBy, outOfMemory, tooManyProcesses } from '#shared/run/over-limit.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import type { StepContainer } from './container-steps.ts';
import type { StepFacts } from './step-facts.ts';

/**
 * What limits, a full disk or the container itself have to do with the failure of a step. Null: nothing, or nobody says.
 * @param exitCode of the step; null when there was none
 */
export async function explainEnd(
  place: StepContainer,
  exitCode: number | null,
  facts: StepFacts,
): Promise<Outcome | null> {
  const ended = { exitCode, signal: null };
  if (place.isOverDisk()) return { type: 'failed', ...ended, message: tooMuchDisk(place.diskBytes ?? 0) };
  if ((facts.oomKills ?? 0) > 0) return noMemory(place, ended);
  if (place.pids !== null && (facts.refusedProcesses ?? 0) > 0) return tooManyProcesses(place.pids, ended);
  const state = await stateOf(place.container);
  if (state?.OOMKilled === true && facts.oomKills === null && !reported.has(place.container)) {
    reported.add(place.container);
    return noMemory(place, ended);
  }
  if (state?.Running === false) {
    const message = `The container of ${place.image} ended while the step ran`;
    return { type: 'infra-error', error: { code: 'place-failed', message } };
  }
  const [full] = facts.fullFolders;
  return full === undefined ? null : { type: 'failed', ...ended, message: noSpace(place, full) };
}

function noMemory({ memoryBytes, image }: StepContainer, ended: EndedBy): Outcome {
  if (memoryBytes !== null) return outOfMemory(memoryBytes, ended);
  const message = `out of memory: the container of ${image} wanted more than it may have, or than its machine has`;
  return { type: 'failed', ...ended, message };
}

function tooMuchDisk(limitBytes: number): string {
  return `no space is left: the container wrote more than the limit of ${formatSize(limitBytes)}; raise resources.disk or write into a mount`;
}

function noSpace({ diskBytes, image }: StepContainer, folder: string): string {
  const where = `no space is left at ${folder} in the container of ${image}`;
  return diskBytes === null || folder !== '/'
    ? where
    : `${where}; resources.disk is ${formatSize(diskBytes)}`;
}

/** The daemon never forgets that memory ran out once; what fails after that may have failed of something else. */
const reported = new WeakSet<object>();

async function stateOf(
  container: StepContainer['container'],
): Promise<{ readonly Running: boolean; readonly OOMKilled: boolean } | null> {
  try {
    return (await container.inspect()).State;
  } catch {
    return null;
  }
}
