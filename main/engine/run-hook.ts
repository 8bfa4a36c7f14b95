import type { Outcome } from '#shared/run/outcome.ts';
import { inCleanup } from './attempt-cleanup.ts';
import { type AttemptContext, raise, stageIssue } from './attempt-context.ts';
import { runStep } from './run-step.ts';

/**
 * Runs the stage's script for how it ended, a timeout being a failure. What that script comes to does not change the stage;
 * a failure is a warning.
 */
export async function runHook(context: AttemptContext, outcome: Outcome): Promise<void> {
  const { hooks, id } = context.stage;
  if (outcome.type === 'cancelled' || context.signal.reason?.type === 'cancelled') return;
  const name = outcome.type === 'succeeded' ? 'success' : 'failure';
  const script = hooks[name];
  if (script === null) return;
  const run = (inside: AttemptContext): Promise<Outcome> =>
    runStep(
      { ...inside, stage: { ...context.stage, kind: 'run' } },
      {
        id: `hook-${name}`,
        name: `${name} hook`,
        body: { type: 'run', script, shell: null },
        env: { PIPEWRIGHT_OUTCOME: outcome.type },
        workingDirectory: null,
        timeoutMs: null,
        continueOnError: true,
        condition: null,
      },
    );
  const ended = await (context.signal.reason === null ? run(context) : inCleanup(context, run));
  if (ended.type === 'succeeded') return;
  raise(context, [
    stageIssue(context, 'warning', 'hook-failed', `The ${name} hook of ${id} did not succeed`),
  ]);
}
