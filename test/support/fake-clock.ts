import type { Clock } from '#main/engine/ports.ts';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

export interface FakeClock extends Clock {
  /** Fires the earliest timer; false when there is none. */
  next(): boolean;
  readonly timers: number;
}

/** Time that stands still until a test moves it on to the next timer. */
export function createFakeClock(startMs = 1_700_000_000_000): FakeClock {
  let now = startMs;
  const timers = new Set<Timer>();
  return {
    now: () => now,
    after(delayMs, callback) {
      const timer = { at: now + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    next() {
      let first: Timer | null = null;
      for (const timer of timers) if (first === null || timer.at < first.at) first = timer;
      if (first === null) return false;
      timers.delete(first);
      now = first.at;
      first.callback();
      return true;
    },
    get timers() {
      return timers.size;
    },
  };
}
