/** Waiting, so that tests need none. */
export interface Timers {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs later; the returned function ends it. */
  after(ms: number, run: () => void): () => void;
}

export const windowTimers: Timers = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Runs once for several calls, whichever of them came last. */
export interface Postponed {
  /** So long after the first call. */
  soon(ms: number): void;
  /** So long after the last call, and at the latest `mostMs` after the first. */
  afterRest(ms: number, mostMs: number): void;
  now(): void;
  cancel(): void;
}

export function postpone(timers: Timers, run: () => void): Postponed {
  let cancelTimer: (() => void) | null = null;
  let firstAt: number | null = null;
  const cancel = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    firstAt = null;
  };
  const start = (ms: number): void => {
    cancelTimer = timers.after(ms, () => {
      cancel();
      run();
    });
  };
  return {
    soon(ms) {
      if (cancelTimer === null) start(ms);
    },
    afterRest(ms, mostMs) {
      const now = timers.now();
      firstAt ??= now;
      cancelTimer?.();
      start(Math.max(0, Math.min(ms, firstAt + mostMs - now)));
    },
    now() {
      cancel();
      run();
    },
    cancel,
  };
}
