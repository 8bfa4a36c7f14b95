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

/** Runs once per pause: at `soon` at the latest that long after the first call, at `now` at once. */
export interface Postponed {
  soon(ms: number): void;
  now(): void;
  cancel(): void;
}

export function postpone(timers: Timers, run: () => void): Postponed {
  let cancelTimer: (() => void) | null = null;
  const cancel = (): void => {
    cancelTimer?.();
    cancelTimer = null;
  };
  return {
    soon(ms) {
      cancelTimer ??= timers.after(ms, () => {
        cancelTimer = null;
        run();
      });
    },
    now() {
      cancel();
      run();
    },
    cancel,
  };
}
