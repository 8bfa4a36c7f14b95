import { judgeCondition } from '#shared/expressions/judge-condition.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import type { PlannedGate } from '#shared/pipeline/plan.ts';
import { GATE_CONTEXTS, gateValues } from '#shared/reports/gate-values.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { withoutIgnored } from '#shared/reports/without-ignored.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { type AttemptContext, raise, stageIssue } from './attempt-context.ts';

/** Compared with when a gate names no branch: the first of them that has a finished run. */
const TARGET_BRANCHES = ['main', 'master'];

/** Judges what a stage reported by the conditions of its gate. What failed already is not judged again. */
export function passGate(context: AttemptContext, outcome: Outcome): Outcome {
  const { gate } = context.stage;
  if (gate === undefined || outcome.type !== 'succeeded') return outcome;
  const contexts = gateContexts(context, gate);
  const reasons = gate.conditions.flatMap((condition) => {
    try {
      const judgement = judgeCondition(condition, contexts);
      return judgement.holds ? [] : [judgement.why];
    } catch (error) {
      return [toAppError(error, 'expression-failed').message];
    }
  });
  if (reasons.length === 0) return outcome;
  raise(
    context,
    reasons.map((why) => stageIssue(context, 'error', 'gate-closed', `The gate does not hold: ${why}.`)),
  );
  return { type: 'failed', exitCode: null, signal: null, message: reasons.join('; ') };
}

/** The stage's own contexts but secrets, and those of its reports; one without a report is known, and empty. */
function gateContexts(context: AttemptContext, gate: PlannedGate): Readonly<Record<string, unknown>> {
  const none = Object.fromEntries(Object.keys(GATE_CONTEXTS).map((name) => [name, undefined]));
  const { ports, project, passedOn } = context;
  const reports = withoutIgnored(passedOn.reports, ports.reportHistory.ignored(project));
  return {
    ...context.contexts,
    secrets: {},
    ...none,
    ...gateValues({ reports, baseline: baselineOf(context, gate), newOnly: gate.newOnly }),
  };
}

function baselineOf(
  { ports, project, run, stage }: AttemptContext,
  { branch }: PlannedGate,
): readonly NormalForm[] {
  // Outside of version control there are no branches, and the newest run is all there is.
  const branches = branch !== null ? [branch] : run.git?.branch == null ? [null] : TARGET_BRANCHES;
  for (const name of branches) {
    const found = ports.reportHistory.baseline(project, run.pipelineFile, name, stage.id, run.runId);
    if (found.length > 0) return found;
  }
  return [];
}
