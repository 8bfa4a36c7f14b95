import { evaluateValue, interpolate } from '#shared/expressions/interpolate.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import { isHook, type PlannedStep } from '#shared/pipeline/plan.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { parseCommandFile } from './command-file.ts';
import type { AttemptContext } from './attempt-context.ts';
import type { KindWork, ScriptCommand } from './ports.ts';

export interface StepResult {
  readonly outcome: Outcome;
  readonly verdict: 'exit-code' | 'tests';
}

/** Runs one step; a fault in an expression or in a kind's settings fails the step, it does not throw. */
export async function runStep(context: AttemptContext, step: PlannedStep): Promise<StepResult> {
  const { stage, attempt, emit, passedOn } = context;
  const isListed = stage.kind === 'steps' || isHook(stage);
  if (isListed) emit([{ type: 'step-started', stage: stage.id, attempt, step: step.id }]);
  let result: StepResult;
  try {
    result = await execute(context, step);
  } catch (error) {
    const { message } = toAppError(error, 'expression-failed');
    result = { outcome: { type: 'failed', exitCode: null, signal: null, message }, verdict: 'exit-code' };
  }
  const outputs = await takeCommandFiles(context);
  passedOn.steps[step.id] = { outputs, outcome: result.outcome.type };
  if (isListed) {
    emit([{ type: 'step-finished', stage: stage.id, attempt, step: step.id, outcome: result.outcome }]);
  }
  return result;
}

async function execute(context: AttemptContext, step: PlannedStep): Promise<StepResult> {
  const { ports, place, run, stage, attempt, log } = context;
  const evaluate = createEvaluate(context);
  const stageEnv = { ...context.env, ...context.passedOn.env };
  const env = { ...stageEnv, ...evaluateAll(step.env, evaluate, stageEnv) };
  const inStep = (text: string): string => evaluate(text, env);
  const work = workOf(context, step, env);
  const directory = step.workingDirectory ?? stage.workingDirectory;

  const signal = context.signal.child();
  const { timeoutMs } = step;
  const stopTimer =
    timeoutMs === null ? () => undefined : ports.clock.after(timeoutMs, () => signal.timeOut(timeoutMs));
  try {
    if (signal.reason !== null) return { outcome: signal.reason, verdict: 'exit-code' };
    const outcome = await place.execute(
      {
        runId: run.runId,
        stage: stage.id,
        attempt,
        command: confidential(context, work.command),
        cwd:
          directory === null
            ? place.seenWorkspace
            : `${place.seenWorkspace}${place.paths.separator}${inStep(directory)}`,
        commandPrefix: place.seenCommandPrefix,
        env: withPath(
          {
            ...(place.baseEnv ?? ports.baseEnv),
            ...env,
            ...context.secrets,
            ...work.env,
            ...context.variables,
          },
          context,
        ),
        log,
        onProcess: context.onProcess,
        graceMs: ports.graceMs,
      },
      signal.signal,
    );
    return { outcome: signal.outcomeOr(outcome), verdict: work.verdict ?? 'exit-code' };
  } finally {
    stopTimer();
  }
}

function workOf(
  { ports, contexts, functions, passedOn }: AttemptContext,
  step: PlannedStep,
  env: Readonly<Record<string, string>>,
): KindWork {
  const inStep = { ...contexts, steps: passedOn.steps, env };
  if (step.body.type === 'run') {
    const { script, shell } = step.body;
    return {
      command: {
        script: interpolate(script, inStep, functions),
        shell: shell === null ? null : interpolate(shell, inStep, functions),
      },
    };
  }
  // A setting that is one expression keeps the type of its value: a list stays a list.
  const settings = evaluateDeep(step.body.with, (text) => evaluateValue(text, inStep, functions));
  return ports.kinds.work({ type: 'uses', kind: step.body.kind, with: settings as Record<string, unknown> });
}

/** A script into which an expression put a secret. */
function confidential({ ports, secrets }: AttemptContext, command: ScriptCommand): ScriptCommand {
  const values = Object.values(secrets);
  if (values.length === 0 || !ports.secrets.contains(command.script, values)) return command;
  return { ...command, isConfidential: true };
}

type Evaluate = (text: string, env: Readonly<Record<string, string>>) => string;

function createEvaluate({ contexts, functions, passedOn }: AttemptContext): Evaluate {
  return (text, env) => interpolate(text, { ...contexts, steps: passedOn.steps, env }, functions);
}

/** A value may use the outer variables and those above it. */
function evaluateAll(
  values: Readonly<Record<string, string>>,
  evaluate: Evaluate,
  outer: Readonly<Record<string, string>>,
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) env[name] = evaluate(value, { ...outer, ...env });
  return env;
}

function evaluateDeep(value: unknown, evaluate: (text: string) => unknown): unknown {
  if (typeof value === 'string') return evaluate(value);
  if (Array.isArray(value)) return value.map((item) => evaluateDeep(item, evaluate));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, evaluateDeep(item, evaluate)]),
    );
  }
  return value;
}

/** Folders that earlier steps added stand before the inherited PATH, the newest first. */
function withPath(env: Record<string, string>, { passedOn, place }: AttemptContext): Record<string, string> {
  if (passedOn.path.length === 0) return env;
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const inherited = env[name];
  const folders = [...passedOn.path].reverse();
  return { ...env, [name]: [...folders, ...(inherited ? [inherited] : [])].join(place.paths.delimiter) };
}

const MAX_SUMMARY_CHARS = 256 * 1024;

/** Reads and empties the command files; answers with the step's outputs. */
async function takeCommandFiles(context: AttemptContext): Promise<Record<string, string>> {
  const { place, stage, attempt, emit, passedOn } = context;
  const files = await place.readCommandFiles(place.seenCommandPrefix);
  const outputs: Record<string, string> = {};
  for (const [file, target] of [
    ['output', outputs],
    ['env', passedOn.env],
    ['state', passedOn.state],
  ] as const) {
    const text = files[file];
    if (text === undefined) continue;
    const { values, problems } = parseCommandFile(text);
    for (const [name, value] of values) target[name] = value;
    for (const problem of problems) {
      const issue = {
        code: 'command-file',
        severity: 'warning',
        path: stage.id,
        line: null,
        column: null,
        message: `The ${file} file of the stage was not understood: ${problem}`,
        hint: 'Write name=value, one to a line',
      } as const;
      emit([{ type: 'issue-raised', stage: stage.id, attempt, issue }]);
    }
  }
  Object.assign(passedOn.outputs, outputs);
  passedOn.path.push(...(files.path ?? '').split(/\r?\n/).filter((line) => line !== ''));
  if (files.summary) {
    const markdown = files.summary.slice(0, MAX_SUMMARY_CHARS);
    emit([{ type: 'summary-written', stage: stage.id, attempt, markdown }]);
  }
  return outputs;
}
