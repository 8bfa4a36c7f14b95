import { createLeftRuns } from '#main/executors/docker/left-runs.ts';
import type { RunId } from '#shared/lib/ids.ts';

export interface DockerLeftoversOptions {
  readonly dataDir: string;
  /** Somebody works at the run, and cleans up after it; false also for one that is not stored any more. */
  readonly isActive: (runId: RunId) => boolean;
}

/** What runs have left at a daemon that was away when they ended: removed when it is back, at the latest by the next start. */
export interface DockerLeftovers {
  /** Removes what a run has left, now. @returns false when the daemon cannot be asked. Never rejects. */
  end(runId: RunId): Promise<boolean>;
  /** Remembers a run, and tries again and again. @throws whatever the disk does */
  add(runId: RunId): Promise<void>;
  /** Starts to remove what is remembered, in the background. */
  endAll(): void;
  /** Waits a moment for a removal that is under way; what is left then is for the next start. */
  close(): Promise<void>;
}

const FIRST_WAIT_MS = 2_000;
const MAX_WAIT_MS = 60_000;
/** What the end of a host waits for a removal; a daemon that takes no notice must not hold it up for long. */
const CLOSE_MS = 10_000;

export function createDockerLeftovers({ dataDir, isActive }: DockerLeftoversOptions): DockerLeftovers {
  const left = createLeftRuns(dataDir);
  let waitMs = FIRST_WAIT_MS;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let working: Promise<void> = Promise.resolve();

  async function end(runId: RunId): Promise<boolean> {
    try {
      const { connectDocker } = await import('#main/executors/docker/docker-client.ts');
      const { removeRunLeftovers } = await import('#main/executors/docker/docker-leftovers.ts');
      await removeRunLeftovers(await connectDocker(), runId);
      return true;
    } catch {
      // Whoever asks tries again later.
      return false;
    }
  }

  async function tryAll(): Promise<void> {
    for (const runId of await left.all()) {
      if (isActive(runId)) continue;
      if (await end(runId)) {
        await left.remove(runId);
        continue;
      }
      arm();
      return;
    }
  }

  function arm(): void {
    if (isClosed) return;
    clearTimeout(timer);
    timer = setTimeout(endAll, waitMs).unref();
    waitMs = Math.min(2 * waitMs, MAX_WAIT_MS);
  }

  function endAll(): void {
    working = working.then(tryAll).catch(() => undefined);
  }

  return {
    end,
    async add(runId) {
      waitMs = FIRST_WAIT_MS;
      arm();
      await left.add(runId);
    },
    endAll,
    async close() {
      isClosed = true;
      clearTimeout(timer);
      let limit: NodeJS.Timeout | undefined;
      const tooLong = new Promise<void>((resolve) => {
        limit = setTimeout(resolve, CLOSE_MS);
      });
      await Promise.race([working, tooLong]);
      clearTimeout(limit);
    },
  };
}
