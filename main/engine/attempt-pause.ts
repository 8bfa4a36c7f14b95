import { isHook } from '#shared/pipeline/plan.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { type AttemptContext, say } from './attempt-context.ts';

/**
 * In a run that pauses on failure, an attempt that failed waits here, with its place open, until someone has looked at it.
 * Nothing waits in one that was cancelled or ran out of its time: what ran there is gone.
 */
export async function pauseAfterFailure(context: AttemptContext, outcome: Outcome): Promise<void> {
  const { run, stage, attempt, signal, emit } = context;
  if (run.pauseOnFailure !== true || isHook(stage) || signal.reason !== null) return;
  if (outcome.type === 'succeeded' || outcome.type === 'cancelled') return;
  await say(context, 'paused after a failure; it goes on with `pipewright continue`');
  // Before it is told: whoever hears of it may let it go on at once.
  const goesOn = context.waitPaused();
  emit([{ type: 'attempt-paused', stage: stage.id, attempt, outcome }]);
  await goesOn;
  emit([{ type: 'attempt-continued', stage: stage.id, attempt }]);
}
