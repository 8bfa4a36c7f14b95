import { setImmediate } from 'node:timers/promises';

/** How long reading may hold the host's event loop. */
const SLICE_MS = 8;

/**
 * Asked often while something large is read: lets the event loop do its other work now and then. Rejects with the signal's
 * reason once that has aborted.
 */
export interface Breather {
  /** Null: go on at once. Awaiting nothing keeps a tight loop tight. */
  rest(): Promise<void> | null;
}

export function createBreather(signal: AbortSignal): Breather {
  let since = performance.now();
  return {
    rest() {
      if (performance.now() - since < SLICE_MS) return null;
      return (async () => {
        await setImmediate();
        signal.throwIfAborted();
        since = performance.now();
      })();
    },
  };
}
