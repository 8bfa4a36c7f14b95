import type { Clock } from '#main/engine/ports.ts';

/** The machine's own time and timers. */
export const systemClock: Clock = {
  now: Date.now,
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
