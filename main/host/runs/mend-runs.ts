import type { Engine } from '#main/engine/engine.ts';
import type { RunId } from '#shared/lib/ids.ts';

const RETRY_MS = 2_000;

export interface RunMender {
  /** Also mends this one. */
  add(runId: RunId): void;
  /** Tries once more. What it still cannot mend is found by the next start. */
  stop(): Promise<void>;
}

/**
 * Marks the runs of this host as interrupted that ended while the store refused their events, as soon as it takes them:
 * a host that stays would show them as running until its end.
 * @param interrupt rejects while the store refuses
 */
export function mendRuns(
  engine: Pick<Engine, 'subscribeBroken'>,
  interrupt: (runId: RunId) => Promise<unknown>,
): RunMender {
  const broken = new Set<RunId>();
  let timer: NodeJS.Timeout | null = null;
  let work: Promise<void> | null = null;

  async function mendAll(): Promise<void> {
    for (const runId of broken) {
      try {
        await interrupt(runId);
        broken.delete(runId);
      } catch {
        // The store still refuses: the next look may have more luck.
        return;
      }
    }
  }

  function look(): Promise<void> {
    timer = null;
    work ??= mendAll().finally(() => {
      work = null;
      if (broken.size > 0) timer ??= setTimeout(() => void look(), RETRY_MS).unref();
    });
    return work;
  }

  function add(runId: RunId): void {
    broken.add(runId);
    void look();
  }

  const unsubscribe = engine.subscribeBroken(add);
  return {
    add,
    async stop() {
      unsubscribe();
      await look();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
