/** How long a daemon that does not answer holds up what is cancelled. */
const HUNG_MS = 5_000;

/**
 * Gives work that is cancelled a moment to end by itself, so that it can clean up.
 * @param onHung called when that moment is over, for what the work comes to later
 * @throws what the work does; the signal's reason when it has not ended by then
 */
export async function unlessHung<Value>(
  work: Promise<Value>,
  signal: AbortSignal,
  onHung: () => void = () => undefined,
): Promise<Value> {
  const hung = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => {
      onHung();
      hung.abort(signal.reason);
    }, HUNG_MS);
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await unlessAborted(work, hung.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

/** Leaves work alone as soon as the signal aborts. @throws what the work does; the signal's reason */
export async function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
