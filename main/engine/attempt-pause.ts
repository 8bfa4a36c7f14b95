import { isHook } from '#shared/pipeline/plan.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { hasBreakpoint } from '#shared/run/pause.ts';
import { type AttemptContext, say } from './attempt-context.ts';

/**
 * In a run that pauses on failure, an attempt that failed waits here, with its place open, until someone has looked at it.
 * Nothing waits in one that was cancelled or ran out of its time: what ran there is gone.
 */
export async function pauseAfterFailure(context: AttemptContext, outcome: Outcome): Promise<void> {
  const { run, stage, signal } = context;
  if (run.pauseOnFailure !== true || isHook(stage) || signal.reason !== null) return;
  if (outcome.type === 'succeeded' || outcome.type === 'cancelled') return;
  await pause(context, outcome, 'paused after a failure; it goes on with `pipewright continue`');
}

/**
 * At a breakpoint an attempt waits before its first step, with its place and services open.
 * @throws the reason of the attempt's signal when it was cancelled meanwhile: nothing of it has begun
 */
export async function pauseAtBreakpoint(context: AttemptContext): Promise<void> {
  const { run, stage, signal } = context;
  if (!hasBreakpoint(run, stage) || signal.reason !== null) return;
  await pause(context, null, 'paused at a breakpoint; it goes on with `pipewright continue`');
  signal.signal.throwIfAborted();
}

async function pause(context: AttemptContext, outcome: Outcome | null, words: string): Promise<void> {
  const { stage, attempt, emit } = context;
  await say(context, words);
  // Before it is told: whoever hears of it may let it go on at once.
  const goesOn = context.waitPaused();
  emit([{ type: 'attempt-paused', stage: stage.id, attempt, outcome }]);
  await goesOn;
  emit([{ type: 'attempt-continued', stage: stage.id, attempt }]);
}
