/** What a log is at a moment. */
export interface LogInfo {
  /** Lines begun; a last one without its newline counts. */
  readonly lineCount: number;
  readonly sizeBytes: number;
  /** No more bytes will come. */
  readonly complete: boolean;
}

export interface FollowOptions {
  readonly info: () => Promise<LogInfo>;
  /** Calls back when a writer in this process wrote. @returns how to stop that */
  readonly subscribe: (onChange: () => void) => () => void;
  /** How often to look for what another process wrote. */
  readonly pollMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The shortest time between two values, so that a flood of output is no flood of events. */
const REST_MS = 100;

/**
 * Yields what the log is now, then again whenever it has grown, at most ten times a second, and ends after the
 * `complete` one, or quietly on abort. Changes while the consumer is busy come as one.
 */
export async function* followLog(options: FollowOptions): AsyncGenerator<LogInfo, void, undefined> {
  const { info, subscribe, pollMs, signal } = options;
  let changes = 0;
  let resting = false;
  let wake: (() => void) | null = null;
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, signal?.aborted === true ? 0 : ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const onAbort = (): void => wake?.();
  const unsubscribe = subscribe(() => {
    changes += 1;
    if (!resting) wake?.();
  });
  signal?.addEventListener('abort', onAbort);
  let last: LogInfo | null = null;
  try {
    while (signal?.aborted !== true) {
      const seen = changes;
      const now = await info();
      const isNews = now.sizeBytes !== last?.sizeBytes || now.complete !== last.complete;
      last = now;
      if (isNews) yield now;
      if (now.complete) return;
      if (isNews) {
        resting = true;
        await pause(REST_MS);
        resting = false;
      }
      // What changed while the file was looked at, or since, is looked at next; nothing is waited for.
      if (changes === seen) await pause(pollMs);
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', onAbort);
  }
}
