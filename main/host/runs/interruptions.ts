import type { RunId } from '#shared/lib/ids.ts';

/** Runs that this host found interrupted: their own host is gone, so that no engine tells of it. */
export interface Interruptions {
  add(runId: RunId): void;
  /** Tells of those so far and of all that come; for one listener. The returned function ends it. */
  follow(listener: (runId: RunId) => void): () => void;
}

export function createInterruptions(): Interruptions {
  // Hosts take over runs while they open, before anyone can listen.
  const untold: RunId[] = [];
  let tell: ((runId: RunId) => void) | null = null;
  return {
    add(runId) {
      if (tell === null) untold.push(runId);
      else tell(runId);
    },
    follow(listener) {
      tell = listener;
      for (const runId of untold.splice(0)) listener(runId);
      return () => {
        tell = null;
      };
    },
  };
}
