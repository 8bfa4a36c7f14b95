import { interpolate } from '#shared/expressions/interpolate.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import type { Issue } from '#shared/lib/issue.ts';
import { evaluatePlaces } from '#shared/pipeline/evaluate-early.ts';
import { type NormalForm, summarize } from '#shared/reports/normal-form.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { passGate } from './pass-gate.ts';
import { type AttemptContext, raise, stageIssue } from './attempt-context.ts';

/**
 * Stores what a stage left behind, also when its work failed: the reports and files are what one wants to see then.
 * A cancelled stage leaves nothing. Answers with the outcome, which the results may change.
 */
export async function collectResults(context: AttemptContext, outcome: Outcome): Promise<Outcome> {
  if (outcome.type === 'cancelled' || context.signal.reason?.type === 'cancelled') return outcome;
  let evaluated: AttemptContext;
  try {
    evaluated = withPlaces(context);
  } catch (error) {
    const { message } = toAppError(error, 'expression-failed');
    raise(context, [stageIssue(context, 'error', 'expression-failed', message)]);
    return outcome.type === 'succeeded' ? { type: 'failed', exitCode: null, signal: null, message } : outcome;
  }
  const afterReports = await collectReports(evaluated, outcome);
  return collectArtifacts(evaluated, passGate(evaluated, afterReports));
}

/** Names and globs may depend on what the steps said. */
function withPlaces(context: AttemptContext): AttemptContext {
  const { stage, contexts, functions, passedOn } = context;
  const afterSteps = { ...contexts, steps: passedOn.steps };
  return {
    ...context,
    stage: evaluatePlaces(stage, (text) => interpolate(text, afterSteps, functions)),
  };
}

async function collectReports(context: AttemptContext, outcome: Outcome): Promise<Outcome> {
  const { ports, stage, workspace, place, signal } = context;
  const { separator } = ports.paths;
  const cwd =
    stage.workingDirectory === null ? workspace : `${workspace}${separator}${stage.workingDirectory}`;
  const { junit, coverage, sarif = [], sbom = [] } = stage.reports;
  if ([junit, coverage, sarif, sbom].every((globs) => globs.length === 0)) return outcome;
  const collected = await ports.reports
    .collect({ workspace, seenWorkspace: place.seenWorkspace, cwd }, stage.reports, resultSignal(context))
    .catch((error: unknown) => ({ reports: [], issues: [problem(context, 'report-failed', error)] }));
  raise(context, collected.issues);
  for (const form of collected.reports) storeReport(context, form);
  if (outcome.type !== 'succeeded' || signal.reason !== null) return signal.reason ?? outcome;
  const unreadable = collected.issues.find((issue) => issue.severity === 'error');
  return unreadable ? infraError('report-failed', unreadable.message) : outcome;
}

/** Keeps a report with its attempt and tells of it. */
export function storeReport(
  { ports, run, stage, attempt, emit, passedOn }: AttemptContext,
  form: NormalForm,
): void {
  passedOn.reports.push(form);
  ports.events.saveReport(run.runId, stage.id, attempt, form.type, form.report);
  emit([{ type: 'report-stored', stage: stage.id, attempt, report: summarize(form) }]);
}

async function collectArtifacts(context: AttemptContext, outcome: Outcome): Promise<Outcome> {
  const { ports, stage, attempt, workspace } = context;
  let result = outcome;
  for (const planned of [...stage.artifacts, ...context.passedOn.artifacts]) {
    const isLenient = outcome.type !== 'succeeded';
    const wanted = isLenient ? { ...planned, ifNoFilesFound: 'ignore' as const } : planned;
    const { artifact, issues, isStored } = await ports.artifacts
      .collect(workspace, wanted, resultSignal(context))
      .then((collected) => ({ ...collected, isStored: true }))
      .catch((error: unknown) => {
        const issue = problem(context, 'artifact-failed', error);
        return { artifact: null, issues: [issue], isStored: false };
      });
    raise(context, issues);
    if (artifact) context.emit([{ type: 'artifact-stored', stage: stage.id, attempt, artifact }]);
    const fault = issues.find((issue) => issue.severity === 'error');
    if (!fault || result.type !== 'succeeded') continue;
    // What the stage left is its own doing; that it could not be stored is not.
    result = isStored
      ? { type: 'failed', exitCode: null, signal: null, message: fault.message }
      : infraError('artifact-failed', fault.message);
  }
  return result;
}

/** A stage that timed out still hands over its results; only a cancellation stops that. */
function resultSignal({ signal }: AttemptContext): AbortSignal {
  return signal.reason?.type === 'timed-out' ? new AbortController().signal : signal.signal;
}

function problem(
  context: Pick<AttemptContext, 'stage'>,
  code: 'report-failed' | 'artifact-failed',
  error: unknown,
): Issue {
  const { message, hint } = toAppError(error, code);
  return stageIssue(context, 'error', code, message, hint);
}

function infraError(code: string, message: string): Outcome {
  return { type: 'infra-error', error: { code, message } };
}
