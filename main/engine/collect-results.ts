import { interpolate } from '#shared/expressions/interpolate.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import type { Issue } from '#shared/lib/issue.ts';
import { evaluatePlaces } from '#shared/pipeline/evaluate-early.ts';
import type { ReportSummary } from '#shared/run/events.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { type AttemptContext, raise, stageIssue } from './attempt-context.ts';

/**
 * Stores what a stage left behind, also when its work failed: the reports and files are what one wants to see then.
 * A cancelled stage leaves nothing. Answers with the outcome, which the results may change.
 */
export async function collectResults(
  context: AttemptContext,
  outcome: Outcome,
  verdict: 'exit-code' | 'tests',
): Promise<Outcome> {
  if (outcome.type === 'cancelled' || context.signal.reason?.type === 'cancelled') return outcome;
  let evaluated: AttemptContext;
  try {
    evaluated = withPlaces(context);
  } catch (error) {
    const { message } = toAppError(error, 'expression-failed');
    raise(context, [stageIssue(context, 'error', 'expression-failed', message)]);
    return outcome.type === 'succeeded' ? { type: 'failed', exitCode: null, signal: null, message } : outcome;
  }
  const afterReports = await collectReports(evaluated, outcome, verdict);
  return collectArtifacts(evaluated, afterReports);
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

async function collectReports(
  context: AttemptContext,
  outcome: Outcome,
  verdict: 'exit-code' | 'tests',
): Promise<Outcome> {
  const { ports, run, stage, attempt, workspace, signal } = context;
  if (stage.reports.junit.length + stage.reports.coverage.length === 0) return outcome;
  const collected = await ports.reports
    .collect(workspace, stage.reports, resultSignal(context))
    .catch((error: unknown) => ({ reports: [], issues: [problem(context, 'report-failed', error)] }));
  raise(context, collected.issues);
  for (const { summary, report } of collected.reports) {
    ports.events.saveReport(run.runId, stage.id, attempt, summary.type, report);
    context.emit([{ type: 'report-stored', stage: stage.id, attempt, report: summary }]);
  }
  if (outcome.type !== 'succeeded' || signal.reason !== null) return signal.reason ?? outcome;
  const unreadable = collected.issues.find((issue) => issue.severity === 'error');
  if (unreadable) return infraError('report-failed', unreadable.message);
  return verdict === 'tests' ? judgeTests(collected.reports.map(({ summary }) => summary)) : outcome;
}

function judgeTests(summaries: readonly ReportSummary[]): Outcome {
  const tests = summaries.find((summary) => summary.type === 'tests');
  if (!tests || tests.total === 0) {
    return infraError('report-failed', 'No test was reported, so nothing was checked');
  }
  const broken = tests.failed + tests.errored;
  if (broken === 0) return { type: 'succeeded' };
  return { type: 'failed', exitCode: 0, signal: null, message: `${broken} of ${tests.total} tests failed` };
}

async function collectArtifacts(context: AttemptContext, outcome: Outcome): Promise<Outcome> {
  const { ports, stage, attempt, workspace } = context;
  let result = outcome;
  for (const planned of stage.artifacts) {
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
