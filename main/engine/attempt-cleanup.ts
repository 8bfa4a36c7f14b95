import type { AttemptContext } from './attempt-context.ts';

/** What follows a cancellation or a timeout has this long, so that neither is put off for ever. */
const CLEANUP_MS = 60_000;

/** Does what an attempt whose signal has aborted still has to do, under a signal of its own. */
export async function inCleanup<Result>(
  context: AttemptContext,
  work: (context: AttemptContext) => Promise<Result>,
): Promise<Result> {
  const signal = context.signal.cleanup;
  const stopTimer = context.ports.clock.after(CLEANUP_MS, () => signal.timeOut(CLEANUP_MS));
  try {
    return await work({ ...context, signal });
  } finally {
    stopTimer();
  }
}
