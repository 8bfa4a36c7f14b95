import { once } from 'node:events';
import type Docker from 'dockerode';
import { removeContainer } from './open-container.ts';
import { within } from './within.ts';

/** How a container that has been started is left. */
export interface Leaving {
  /**
   * Ends it by force and has it removed; settles when nothing of it runs any more, or the daemon does not answer for long.
   * Never rejects.
   * @param mustBeGone wait until its network and its ports are free, too
   */
  leave(mustBeGone: boolean): Promise<void>;
}

/**
 * Removing a container takes the daemon several times as long as ending what runs in it, mostly for its network. So its end
 * is learned from its first process, whose output the daemon closes at once, and its removal goes on beside what comes next.
 * @param later gets each removal, which is to be waited for at the end of the run
 */
export async function prepareLeaving(
  container: Docker.Container,
  later: (removal: Promise<void>) => void,
): Promise<Leaving> {
  const watch = await watchEnd(container);
  return {
    async leave(mustBeGone) {
      const removed = removeContainer(container);
      later(removed);
      const gone = watch === null || mustBeGone ? removed : Promise.race([watch.ended, removed]);
      await within(LEAVE_MS, gone);
    },
  };
}

const LEAVE_MS = 15_000;

/** A daemon that is lost tells no end. Null when it cannot be watched, as for a container that has ended already. */
async function watchEnd(container: Docker.Container): Promise<{ readonly ended: Promise<unknown> } | null> {
  try {
    const output = await container.attach({ stream: true, stdout: true });
    return { ended: once(output.resume(), 'end').catch(() => new Promise(() => undefined)) };
  } catch {
    return null;
  }
}
