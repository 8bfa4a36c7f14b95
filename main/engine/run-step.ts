import { evaluateValue, interpolate } from '#shared/expressions/interpolate.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import { isHook, type PlannedStep } from '#shared/pipeline/plan.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import { parseCommandFile } from './command-file.ts';
import { type AttemptContext, logOf, tellProgress } from './attempt-context.ts';
import type { KindResult, PreparedKind } from './kind-ports.ts';
import type { ScriptCommand } from './ports.ts';
import { followProgress } from './progress-log.ts';
import { runCommand, type StepRun } from './run-command.ts';
import { runKind } from './run-kind.ts';

/** Runs one step; a fault in an expression or in a kind's settings fails the step, it does not throw. */
export async function runStep(context: AttemptContext, step: PlannedStep): Promise<Outcome> {
  const { stage, attempt, emit, passedOn } = context;
  const isListed = stage.kind === 'steps' || isHook(stage);
  if (isListed) emit([{ type: 'step-started', stage: stage.id, attempt, step: step.id }]);
  let outcome: Outcome;
  let given: Readonly<Record<string, string>> = {};
  try {
    ({ outcome, outputs: given = {} } = await execute(context, step));
  } catch (error) {
    const { message } = toAppError(error, 'expression-failed');
    outcome = { type: 'failed', exitCode: null, signal: null, message };
  }
  context.progress.endStep();
  const outputs = { ...(await takeCommandFiles(context)), ...given };
  Object.assign(passedOn.outputs, given);
  passedOn.steps[step.id] = { outputs, outcome: outcome.type };
  if (isListed) {
    emit([{ type: 'step-finished', stage: stage.id, attempt, step: step.id, outcome }]);
  }
  return outcome;
}

type StepResult = Pick<KindResult, 'outcome' | 'outputs'>;

async function execute(context: AttemptContext, step: PlannedStep): Promise<StepResult> {
  const { ports, place, stage } = context;
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
  const shared: StepRun = {
    context,
    signal,
    directory: directory === null ? null : inStep(directory),
    env: withPath(
      { ...(place.baseEnv ?? ports.baseEnv), ...env, ...context.secrets, ...context.variables },
      context,
    ),
  };
  try {
    if (signal.reason !== null) return { outcome: signal.reason };
    if (work.type === 'kind') return await runKind(shared, work.kind);
    const followed = followProgress(logOf(context), ({ done, total, label }) =>
      tellProgress(context, done, total, label),
    );
    const outcome = await runCommand(shared, work.command, followed.log, shared.env);
    followed.end();
    return { outcome: signal.outcomeOr(outcome) };
  } finally {
    stopTimer();
  }
}

type StepWork =
  | { readonly type: 'script'; readonly command: ScriptCommand }
  | { readonly type: 'kind'; readonly kind: PreparedKind };

function workOf(
  { ports, run, contexts, functions, passedOn }: AttemptContext,
  step: PlannedStep,
  env: Readonly<Record<string, string>>,
): StepWork {
  const inStep = { ...contexts, steps: passedOn.steps, env };
  if (step.body.type === 'run') {
    const { script, shell } = step.body;
    return {
      type: 'script',
      command: {
        script: interpolate(script, inStep, functions),
        shell: shell === null ? null : interpolate(shell, inStep, functions),
      },
    };
  }
  // A setting that is one expression keeps the type of its value: a list stays a list.
  const settings = evaluateDeep(step.body.with, (text) => evaluateValue(text, inStep, functions));
  const body = { type: 'uses', kind: step.body.kind, with: settings as Record<string, unknown> } as const;
  return { type: 'kind', kind: ports.kinds.prepare(body, run.projectDir) };
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
