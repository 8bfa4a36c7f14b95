import type { Clock } from './ports.ts';

/** The time that an attempt has. */
export interface AttemptTimer {
  /** The same wait, during which no time passes for the attempt. */
  outside(wait: () => Promise<void>): () => Promise<void>;
  stop(): void;
}

/** @param timeoutMs null: as long as it takes */
export function createAttemptTimer(
  clock: Clock,
  timeoutMs: number | null,
  onTimeout: (timeoutMs: number) => void,
): AttemptTimer {
  if (timeoutMs === null) return { outside: (wait) => wait, stop: () => undefined };
  let isStopped = false;
  let leftMs = timeoutMs;
  let startedAt = 0;
  let cancel: () => void = () => undefined;

  function start(): void {
    if (isStopped) return;
    startedAt = clock.now();
    cancel = clock.after(leftMs, () => onTimeout(timeoutMs as number));
  }

  start();
  return {
    outside: (wait) => async () => {
      cancel();
      leftMs = Math.max(0, leftMs - (clock.now() - startedAt));
      try {
        await wait();
      } finally {
        start();
      }
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
