import { type ConditionStatus, evaluateCondition } from '#shared/expressions/evaluate-condition.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import type { PlannedStep } from '#shared/pipeline/plan.ts';
import { type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';
import { inCleanup } from './attempt-cleanup.ts';
import type { AttemptContext } from './attempt-context.ts';
import { pauseAfterFailure } from './attempt-pause.ts';
import { runStep } from './run-step.ts';

/**
 * Runs the steps in order. After a failure only steps whose `if` asks for it still run, and after a cancellation or a
 * timeout likewise, if the stage had begun; the first failure that no `continue-on-error` allows is the outcome.
 */
export async function runSteps(context: AttemptContext): Promise<Outcome> {
  const { stage, signal } = context;
  let outcome: Outcome = SUCCEEDED;
  for (const [index, step] of stage.steps.entries()) {
    const wish = wants(context, step, outcome);
    if (wish === false) continue;
    if (wish === true && stage.steps.length > 1)
      context.progress.beginStep(index + 1, stage.steps.length, step.name);
    const ended = wish === true ? await runStep(context, step) : wish;
    const decides = outcome.type === 'succeeded' && !step.continueOnError;
    // Before the steps that clean up after a failure: what failed is looked at as it is.
    if (decides) await pauseAfterFailure(context, ended);
    if (signal.reason !== null) {
      await cleanUp(context, stage.steps.slice(index + 1), outcome, signal.reason);
      break;
    }
    if (decides) outcome = ended;
  }
  return signal.outcomeOr(outcome);
}

async function cleanUp(
  context: AttemptContext,
  steps: readonly PlannedStep[],
  before: Outcome,
  reason: Outcome,
): Promise<void> {
  if (!steps.some(({ condition }) => condition !== null)) return;
  const status = {
    success: false,
    failure: before.type !== 'succeeded' || reason.type === 'timed-out',
    cancelled: reason.type === 'cancelled',
  };
  await inCleanup(context, async (inside) => {
    for (const step of steps) {
      if (step.condition !== null && holds(inside, step.condition, status) === true)
        await runStep(inside, step);
    }
  });
}

/** Whether the step's turn has come; an outcome when its condition cannot be evaluated. */
function wants(context: AttemptContext, { condition }: PlannedStep, sofar: Outcome): boolean | Outcome {
  const success = sofar.type === 'succeeded';
  if (condition === null) return success;
  return holds(context, condition, { success, failure: !success, cancelled: false });
}

function holds(
  { contexts, functions, passedOn }: AttemptContext,
  condition: string,
  status: ConditionStatus,
): boolean | Outcome {
  try {
    const inStep = { ...contexts, steps: passedOn.steps };
    return evaluateCondition(condition, inStep, status, functions).result;
  } catch (error) {
    const { message } = toAppError(error, 'expression-failed');
    return { type: 'failed', exitCode: null, signal: null, message };
  }
}
