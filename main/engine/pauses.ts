import type { StageId } from '#shared/lib/ids.ts';

/** The attempts of a run that wait after a failure. */
export interface Pauses {
  /** Resolves with `go`, or when `signal` aborts; at most one wait for each stage. */
  wait(stage: StageId, signal: AbortSignal): Promise<void>;
  /** Lets it go on; false when it does not wait. */
  go(stage: StageId): boolean;
}

export function createPauses(): Pauses {
  const waiting = new Map<StageId, () => void>();
  return {
    wait: (stage, signal) =>
      new Promise((resolve) => {
        const end = (): void => {
          waiting.delete(stage);
          signal.removeEventListener('abort', end);
          resolve();
        };
        waiting.set(stage, end);
        if (signal.aborted) end();
        else signal.addEventListener('abort', end, { once: true });
      }),
    go(stage) {
      const end = waiting.get(stage);
      end?.();
      return end !== undefined;
    },
  };
}
