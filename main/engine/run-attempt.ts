import { ExpressionFailure } from '#shared/expressions/expression-failure.ts';
import { AppError, toAppError } from '#shared/lib/app-error.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import { formatDuration } from '#shared/lib/durations.ts';
import { interpolate } from '#shared/expressions/interpolate.ts';
import { isHook, type PlannedStage } from '#shared/pipeline/plan.ts';
import type { RunEventBody } from '#shared/run/events.ts';
import { describeOutcome, type Outcome, SUCCEEDED } from '#shared/run/outcome.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import { openPlace } from './attempt-place.ts';
import { evaluateCaches, restoreCaches, saveCaches } from './attempt-caches.ts';
import type { AttemptContext, PreparedAttempt } from './attempt-context.ts';
import { createProgressMeter } from './attempt-progress.ts';
import { findReusable, rememberResult } from './attempt-reuse.ts';
import type { AttemptSignal } from './attempt-signal.ts';
import { hiding, resolveSecrets, withoutSecrets } from './attempt-secrets.ts';
import { writeState } from './attempt-state.ts';
import { pauseAfterFailure, pauseAtBreakpoint } from './attempt-pause.ts';
import { createAttemptTimer } from './attempt-timer.ts';
import { createIdleTimer } from './idle-timer.ts';
import { collectResults } from './collect-results.ts';
import type { EnginePorts } from './engine.ts';
import type { ExecutionRequest, LogSink } from './ports.ts';
import { runHook } from './run-hook.ts';
import { runCleanups } from './run-cleanups.ts';
import { runSteps } from './run-steps.ts';
import { contextsBeforeEnv, environmentOf, pipewrightVariables } from './stage-environment.ts';

export interface AttemptRequest {
  readonly ports: EnginePorts;
  /** The project's id, under which caches, results and state are kept. */
  readonly project: string;
  /** The state when the attempt started; what it needs is final in it. */
  readonly run: RunState;
  readonly stage: PlannedStage;
  readonly attempt: number;
  readonly signal: AttemptSignal;
  readonly emit: (events: readonly RunEventBody[]) => void;
  readonly onProcess: ExecutionRequest['onProcess'];
  /** The stage as it is now, with what this attempt has stored so far. */
  readonly state: () => StageState;
  /** Called for each piece of output that a command writes; absent before the attempt has begun. */
  readonly onOutput?: () => void;
  /** The run as it is now. */
  readonly runNow: () => RunState;
  /** Resolves when someone lets the attempt go on, or its signal aborts; for one that is paused. */
  readonly waitPaused: () => Promise<void>;
}

export interface AttemptResult {
  readonly outcome: Outcome;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Tries a stage once: secrets, workspace, what it needs, steps, results. Rejects only when the store fails. */
export async function runAttempt(request: AttemptRequest): Promise<AttemptResult> {
  const { ports, run, stage, attempt, signal } = request;
  const timer = createAttemptTimer(ports.clock, stage.timeoutMs, (timeoutMs) => signal.timeOut(timeoutMs));
  const idle = createIdleTimer(ports.clock, stage.idleTimeoutMs, (idleMs) => signal.timeOut(idleMs, true));
  const waitPaused = idle.outside(timer.outside(request.waitPaused));
  const pausing = { ...request, waitPaused, onOutput: () => idle.touch() };
  const openLog = ports.logs.open(run.runId, stage.id, attempt);
  let log = openLog;
  let hidden: readonly string[] = [];
  let result: AttemptResult;
  try {
    const secrets = await resolveSecrets(request);
    hidden = Object.values(secrets);
    if (hidden.length > 0) log = ports.secrets.mask(openLog, hidden);
    result = await runInWorkspace(hiding(pausing, hidden), log, secrets);
  } catch (error) {
    result = { outcome: signal.outcomeOr(faultOf(error)), outputs: {} };
  } finally {
    timer.stop();
    idle.stop();
  }
  return closeLog(log, withoutSecrets(request, result, hidden));
}

async function runInWorkspace(
  request: AttemptRequest,
  log: LogSink,
  secrets: Readonly<Record<string, string>>,
): Promise<AttemptResult> {
  const { ports, run, stage, attempt, signal, project } = request;
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
  // Read only where a stage can see it: a query each is noticed over ten thousand stages.
  const hasState = Object.keys(run.plan.state).length > 0;
  const values = hasState ? { ...run.plan.state, ...ports.states.read(project, run.pipelineFile) } : {};
  const functions = { hashFiles: (globs: string[]) => ports.reuse.hashFiles(workspace, globs) };
  const known = { ...contextsBeforeEnv(run, stage, attempt), secrets, state: values };
  const env = environmentOf(run, stage, known, functions);
  const prepared: PreparedAttempt = {
    ...request,
    log,
    workspace,
    commandPrefix,
    secrets,
    env,
    contexts: { ...known, env },
    functions,
    passedOn: {
      env: {},
      path: [],
      steps: {},
      outputs: {},
      state: {},
      artifacts: [],
      reports: [],
      masks: [],
      cleanups: [],
    },
  };
  const reusable = await findReusable(prepared);
  if (reusable.result !== null) return { outcome: SUCCEEDED, outputs: reusable.result.outputs };

  const caches = evaluateCaches(prepared);
  await restoreCaches(prepared, caches);
  const place = await openPlace(request, prepared);
  const progress = createProgressMeter(ports.clock, (reached) =>
    request.emit([{ type: 'stage-progress', stage: stage.id, attempt, ...reached }]),
  );
  try {
    const context: AttemptContext = {
      ...prepared,
      place,
      progress,
      contexts: { ...prepared.contexts, services: place.services },
      variables: {
        ...pipewrightVariables(run, stage, {
          workspace: place.seenWorkspace,
          commandPrefix: place.seenCommandPrefix,
          attempt,
        }),
        ...traceVariables(request),
      },
    };
    await pauseAtBreakpoint(context);
    const worked = await runSteps(context);
    await runCleanups(context, worked);
    if (signal.reason === null) await place.collect(signal.signal);
    const outcome = await collectResults(context, worked);
    // What the steps say of themselves was looked at already; this is what their reports and files say.
    if (worked.type === 'succeeded') await pauseAfterFailure(context, outcome);
    const outputs = outcome.type === 'succeeded' ? stageOutputs(context) : context.passedOn.outputs;
    if (outcome.type === 'succeeded') {
      await saveCaches(context, caches);
      writeState(context);
      rememberResult(context, reusable.fingerprint, outputs);
    }
    await runHook(context, outcome);
    return { outcome, outputs };
  } finally {
    progress.close();
    await place.close();
  }
}

/** Lets tools inside join the run's trace; a trace state that was inherited belongs to another trace. */
function traceVariables({ ports, run, stage, attempt }: AttemptRequest): Record<string, string> {
  const parent = ports.traceParent?.(run.runId, stage.id, attempt) ?? null;
  return parent === null ? {} : { TRACEPARENT: parent, TRACESTATE: '' };
}

/** Declared outputs are evaluated over the steps; a stage without a declaration passes on all that its steps wrote. */
function stageOutputs({ stage, contexts, functions, passedOn }: AttemptContext): Record<string, string> {
  const outputs: Record<string, string> = { ...passedOn.outputs };
  for (const [name, template] of Object.entries(stage.outputs)) {
    outputs[name] = interpolate(template, { ...contexts, steps: passedOn.steps }, functions);
  }
  return outputs;
}

/** With a workspace of its own, a stage gets the artifacts of the stages that it names in `needs`. */
async function placeNeededArtifacts(
  { ports, run, stage, signal }: AttemptRequest,
  workspace: string,
): Promise<void> {
  // A hook that follows others gets what they got.
  const needed = stage.needs.flatMap((id) => {
    const other = run.plan.stages[run.graph.indexOf.get(id)!]!;
    return isHook(other) ? other.needs : [id];
  });
  for (const id of new Set(needed)) {
    const index = run.graph.indexOf.get(id)!;
    const members = run.plan.stages[index]!.matrix?.legs?.map((leg) => run.graph.indexOf.get(leg)!) ?? [
      index,
    ];
    for (const member of members) {
      for (const artifact of chunkedGet(run.stages, member).artifacts) {
        await ports.artifacts.place(artifact, workspace, signal.signal);
      }
    }
  }
}

/** The log's last line says why, when it was not the work's own doing; a log that cannot be written fails the attempt. */
async function closeLog(log: LogSink, result: AttemptResult): Promise<AttemptResult> {
  const { outcome } = result;
  try {
    try {
      if (outcome.type !== 'succeeded')
        await log.write('system', Buffer.from(`Pipewright: ${describeOutcome(outcome, formatDuration)}\n`));
    } finally {
      await log.close();
    }
    return result;
  } catch (error) {
    return { ...result, outcome: infraError(toAppError(error, 'log-write-failed')) };
  }
}

/** What the file says is wrong fails the stage; anything else is why it could not be tried. */
function faultOf(error: unknown): Outcome {
  const isOfFile =
    error instanceof ExpressionFailure ||
    (error instanceof AppError && ['path-outside', 'place-invalid'].includes(error.code));
  return isOfFile
    ? { type: 'failed', exitCode: null, signal: null, message: error.message }
    : infraError(error);
}

function infraError(error: unknown): Outcome {
  const known = error instanceof AppError ? error : toAppError(error, 'workspace-failed');
  return { type: 'infra-error', error: { code: known.code, message: known.message } };
}
