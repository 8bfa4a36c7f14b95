import { evaluateCondition } from '#shared/expressions/evaluate-condition.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import type { PlannedStep } from '#shared/pipeline/plan.ts';
import { type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';
import type { AttemptContext } from './attempt-context.ts';
import { runStep, type StepResult } from './run-step.ts';

/**
 * Runs the steps in order. After a failure only steps whose `if` asks for it still run; the first failure that
 * no `continue-on-error` allows is the outcome.
 */
export async function runSteps(context: AttemptContext): Promise<StepResult> {
  const { stage, signal } = context;
  let outcome: Outcome = SUCCEEDED;
  let verdict: StepResult['verdict'] = 'exit-code';
  for (const step of stage.steps) {
    const wish = wants(context, step, outcome);
    if (wish === false) continue;
    const ended = wish === true ? await runStep(context, step) : { outcome: wish, verdict };
    if (ended.verdict === 'tests') verdict = 'tests';
    const isAllowed = step.continueOnError && signal.reason === null;
    if (ended.outcome.type !== 'succeeded' && !isAllowed && outcome.type === 'succeeded')
      outcome = ended.outcome;
    if (signal.reason !== null) break;
  }
  return { outcome: signal.outcomeOr(outcome), verdict };
}

/** Whether the step's turn has come; an outcome when its condition cannot be evaluated. */
function wants(
  { contexts, functions, passedOn }: AttemptContext,
  step: PlannedStep,
  sofar: Outcome,
): boolean | Outcome {
  const success = sofar.type === 'succeeded';
  if (step.condition === null) return success;
  try {
    const status = { success, failure: !success, cancelled: false };
    const inStep = { ...contexts, steps: passedOn.steps };
    return evaluateCondition(step.condition, inStep, status, functions).result;
  } catch (error) {
    const { message } = toAppError(error, 'expression-failed');
    return { type: 'failed', exitCode: null, signal: null, message };
  }
}
