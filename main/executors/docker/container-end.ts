import { setTimeout as delay } from 'node:timers/promises';
import { formatSize } from '#shared/lib/sizes.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import type { StepContainer } from './container-steps.ts';

/** 128 and SIGKILL, as a shell tells of a command that was ended so. */
const KILLED_CODE = 137;
const LOOKS = 10;
const LOOK_EVERY_MS = 50;

/**
 * What the container itself has to do with the failure of a step: it ran out of memory, or it has ended. Null: nothing, or
 * the daemon does not say.
 * @param exitCode of the step; null when there was none
 */
export async function explainEnd(place: StepContainer, exitCode: number | null): Promise<Outcome | null> {
  const { container, image, memoryBytes } = place;
  // The daemon hears of it from the kernel by another way than of the end.
  const looks = memoryBytes !== null && exitCode === KILLED_CODE ? LOOKS : 1;
  for (let look = 1; ; look++) {
    const state = await stateOf(container);
    if (state === null) return null;
    if (state.OOMKilled && !reported.has(container)) {
      reported.add(container);
      const limit =
        memoryBytes === null ? 'the machine has' : `${formatSize(memoryBytes)} (resources.memory)`;
      const message = `out of memory: the container of ${image} needed more than ${limit}`;
      return { type: 'failed', exitCode, signal: 'SIGKILL', message };
    }
    if (!state.Running) {
      const message = `The container of ${image} ended while the step ran`;
      return { type: 'infra-error', error: { code: 'place-failed', message } };
    }
    if (look >= looks) return null;
    await delay(LOOK_EVERY_MS);
  }
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
