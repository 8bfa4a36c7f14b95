import { AppError, toAppError } from '#shared/lib/app-error.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import type { RunEventBody } from '#shared/run/events.ts';
import { describeOutcome, type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';
import type { RunState } from '#shared/run/run-state.ts';
import type { AttemptSignal } from './attempt-signal.ts';
import { collectResults } from './collect-results.ts';
import type { EnginePorts } from './engine.ts';
import type { ExecutionRequest, LogSink } from './ports.ts';
import { type AttemptContext, runStep } from './run-step.ts';
import { pipewrightVariables, stageContexts } from './stage-environment.ts';

export interface AttemptRequest {
  readonly ports: EnginePorts;
  /** The state when the attempt started; what it needs is final in it. */
  readonly run: RunState;
  readonly stage: PlannedStage;
  readonly attempt: number;
  readonly signal: AttemptSignal;
  readonly emit: (events: readonly RunEventBody[]) => void;
  readonly onProcess: ExecutionRequest['onProcess'];
}

export interface AttemptResult {
  readonly outcome: Outcome;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Tries a stage once: workspace, what it needs, steps, results. Rejects only when the store fails. */
export async function runAttempt(request: AttemptRequest): Promise<AttemptResult> {
  const { ports, run, stage, attempt, signal } = request;
  const log = ports.logs.open(run.runId, stage.id, attempt);
  const stopTimer =
    stage.timeoutMs === null
      ? () => undefined
      : ports.clock.after(stage.timeoutMs, () => signal.timeOut(stage.timeoutMs ?? 0));
  let result: AttemptResult;
  try {
    result = await runInWorkspace(request, log);
  } catch (error) {
    result = { outcome: signal.outcomeOr(infraError(error)), outputs: {} };
  } finally {
    stopTimer();
  }
  return closeLog(log, result);
}

async function runInWorkspace(request: AttemptRequest, log: LogSink): Promise<AttemptResult> {
  const { ports, run, stage, attempt, signal } = request;
  const workspace = await ports.workspaces.open(
    run.runId,
    run.plan,
    stage,
    attempt,
    run.projectDir,
    signal.signal,
  );
  const commandPrefix = await ports.workspaces.commandPrefix(run.runId, stage.id, attempt);
  if (run.plan.workspace === 'isolated') await placeNeededArtifacts(request, workspace);

  const context: AttemptContext = {
    ...request,
    log,
    workspace,
    commandPrefix,
    contexts: stageContexts(run, stage, attempt),
    variables: pipewrightVariables(run, stage, { workspace, commandPrefix, attempt }),
    passedOn: { env: {}, path: [], steps: {}, outputs: {} },
  };
  let outcome = SUCCEEDED;
  let verdict: 'exit-code' | 'tests' = 'exit-code';
  for (const step of stage.steps) {
    const ended = await runStep(context, step);
    if (ended.verdict === 'tests') verdict = 'tests';
    if (ended.outcome.type !== 'succeeded' && !(step.continueOnError && signal.reason === null)) {
      outcome = ended.outcome;
      break;
    }
  }
  outcome = await collectResults(context, outcome, verdict);
  return {
    outcome,
    outputs: outcome.type === 'succeeded' ? stageOutputs(context) : context.passedOn.outputs,
  };
}

/** Declared outputs are evaluated over the steps; a stage without a declaration passes on all that its steps wrote. */
function stageOutputs({ ports, stage, contexts, passedOn }: AttemptContext): Record<string, string> {
  const outputs: Record<string, string> = { ...passedOn.outputs };
  for (const [name, template] of Object.entries(stage.outputs)) {
    outputs[name] = ports.interpolate(template, { ...contexts, steps: passedOn.steps, env: passedOn.env });
  }
  return outputs;
}

/** With a workspace of its own, a stage gets the artifacts of the stages that it names in `needs`. */
async function placeNeededArtifacts(
  { ports, run, stage, signal }: AttemptRequest,
  workspace: string,
): Promise<void> {
  for (const id of stage.needs) {
    const index = run.graph.indexOf.get(id);
    if (index === undefined) continue;
    for (const artifact of chunkedGet(run.stages, index).artifacts) {
      await ports.artifacts.place(artifact, workspace, signal.signal);
    }
  }
}

/** The log's last line says why, when it was not the work's own doing; a log that cannot be written fails the attempt. */
async function closeLog(log: LogSink, result: AttemptResult): Promise<AttemptResult> {
  const { outcome } = result;
  try {
    if (outcome.type !== 'succeeded') {
      await log.write('system', Buffer.from(`Pipewright: ${describeOutcome(outcome, formatDuration)}\n`));
    }
    await log.close();
    return result;
  } catch (error) {
    return { ...result, outcome: infraError(toAppError(error, 'log-write-failed')) };
  }
}

function infraError(error: unknown): Outcome {
  const known = error instanceof AppError ? error : toAppError(error, 'workspace-failed');
  return { type: 'infra-error', error: { code: known.code, message: known.message } };
}
