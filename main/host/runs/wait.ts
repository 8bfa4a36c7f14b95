/**
 * Waits until `subscribe`'s callback is called, the time is over or the signal aborts, whichever comes first.
 * Leaves no timer and no listener. @param subscribe returns the way to stop
 */
export function waitFor(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  subscribe: (wake: () => void) => () => void = () => () => undefined,
): Promise<void> {
  if (signal?.aborted === true) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      stop();
      resolve();
    };
    const timer = setTimeout(wake, timeoutMs);
    signal?.addEventListener('abort', wake, { once: true });
    const stop = subscribe(wake);
  });
}
