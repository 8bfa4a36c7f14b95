import { toAppError } from '#shared/lib/app-error.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { hiding } from './attempt-secrets.ts';
import { raise } from './attempt-context.ts';
import { storeReport } from './collect-results.ts';
import { createKindContext } from './kind-context.ts';
import type { KindResult, PreparedKind } from './kind-ports.ts';
import type { StepRun } from './run-command.ts';
import { StepEnded } from './step-ended.ts';

/** Runs a kind as a step: what it reports is kept even when it failed, and what it could not judge is an infra-error. */
export async function runKind(step: StepRun, kind: PreparedKind): Promise<KindResult> {
  const { context, signal } = step;
  let result: KindResult;
  try {
    result = await kind.run(createKindContext(step));
  } catch (error) {
    return { outcome: signal.outcomeOr(faultOf(error)) };
  }
  const { stage, attempt, passedOn } = context;
  // What was masked on the way is hidden in what is stored, too.
  const storing = { ...context, ...hiding(context, passedOn.masks) };
  raise(storing, result.issues ?? []);
  for (const form of result.reports ?? []) storeReport(storing, form);
  if (result.summary) {
    storing.emit([{ type: 'summary-written', stage: stage.id, attempt, markdown: result.summary }]);
  }
  passedOn.artifacts.push(...(result.artifacts ?? []));
  return { outcome: signal.outcomeOr(result.outcome), outputs: result.outputs ?? {} };
}

/** What the file says is wrong fails the stage; anything else is why nothing could be judged. */
function faultOf(error: unknown): Outcome {
  if (error instanceof StepEnded) return error.outcome;
  const { code, message, hint } = toAppError(error, 'kind-failed');
  const full = hint === null ? message : `${message} ${hint}`;
  if (code === 'usage' || code === 'path-outside')
    return { type: 'failed', exitCode: null, signal: null, message: full };
  return { type: 'infra-error', error: { code, message: full } };
}
