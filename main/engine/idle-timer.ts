import type { Clock } from './ports.ts';

/** Watches for output that does not come any more. */
export interface IdleTimer {
  /** Something was written. Cheap: it is called for each piece of output. */
  touch(): void;
  /** The same wait, during which nothing is expected. */
  outside(wait: () => Promise<void>): () => Promise<void>;
  stop(): void;
}

/** @param idleMs null or undefined: it may be quiet for as long as it wants */
export function createIdleTimer(
  clock: Clock,
  idleMs: number | null | undefined,
  onIdle: (idleMs: number) => void,
): IdleTimer {
  if (idleMs == null) return { touch: () => undefined, outside: (wait) => wait, stop: () => undefined };
  let lastAt = clock.now();
  let cancel: () => void = () => undefined;
  let isStopped = false;

  // Looked at when the time could be over, not with each output.
  function look(afterMs: number): void {
    cancel = clock.after(afterMs, () => {
      const leftMs = lastAt + idleMs! - clock.now();
      if (leftMs <= 0) onIdle(idleMs!);
      else look(leftMs);
    });
  }

  look(idleMs);
  return {
    touch() {
      lastAt = clock.now();
    },
    outside: (wait) => async () => {
      cancel();
      try {
        await wait();
      } finally {
        lastAt = clock.now();
        if (!isStopped) look(idleMs);
      }
    },
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
