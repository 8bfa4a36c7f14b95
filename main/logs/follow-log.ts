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

/**
 * Yields what the log is now, then again whenever it has grown, and ends after the `complete` one, or quietly on
 * abort. Changes while the consumer is busy come as one.
 */
export async function* followLog(options: FollowOptions): AsyncGenerator<LogInfo, void, undefined> {
  const { info, subscribe, pollMs, signal } = options;
  let changed = false;
  let wake: (() => void) | null = null;
  const onChange = (): void => {
    changed = true;
    wake?.();
  };
  const unsubscribe = subscribe(onChange);
  signal?.addEventListener('abort', onChange);
  let last: LogInfo | null = null;
  try {
    while (signal?.aborted !== true) {
      changed = false;
      const now = await info();
      if (now.sizeBytes !== last?.sizeBytes || now.complete !== last.complete) {
        last = now;
        yield now;
      }
      if (now.complete) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, changed ? 0 : pollMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wake = null;
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', onChange);
  }
}
