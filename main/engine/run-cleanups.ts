import { toAppError } from '#shared/lib/app-error.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { inCleanup } from './attempt-cleanup.ts';
import { type AttemptContext, raise, stageIssue } from './attempt-context.ts';
import { StepEnded } from './step-ended.ts';

/**
 * Does what kinds have left to be done when the steps are over. What goes wrong there is a warning.
 * @param outcome what the steps came to
 */
export async function runCleanups(context: AttemptContext, outcome: Outcome): Promise<void> {
  const { cleanups } = context.passedOn;
  if (cleanups.length === 0) return;
  const cancelled = outcome.type === 'cancelled';
  const success = outcome.type === 'succeeded';
  const status = { success, failure: !success && !cancelled, cancelled };
  const run = async (inside: AttemptContext): Promise<void> => {
    for (const work of [...cleanups].reverse()) await runOne(inside, (at) => work(at, status));
  };
  await (context.signal.reason === null ? run(context) : inCleanup(context, run));
}

async function runOne(
  context: AttemptContext,
  work: (context: AttemptContext) => Promise<void>,
): Promise<void> {
  try {
    await work(context);
  } catch (error) {
    const message =
      error instanceof StepEnded
        ? 'Cleaning up did not end in time'
        : toAppError(error, 'kind-failed').message;
    raise(context, [stageIssue(context, 'warning', 'cleanup-failed', message)]);
  }
}
