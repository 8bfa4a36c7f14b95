import { contextsBeforeEnv, pipewrightVariables, stageContexts } from '#main/engine/stage-environment.ts';
import type { Secrets } from '#main/engine/ports.ts';
import { interpolate } from '#shared/expressions/interpolate.ts';
import { ExpressionFailure } from '#shared/expressions/expression-failure.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { failedStep } from './failed-step.ts';
import type { ShellStage } from './shell-stage.ts';

export interface ShellEnvironment {
  readonly env: Readonly<Record<string, string>>;
  /** Below the workspace; '' for the workspace itself. */
  readonly directory: string;
}

export interface EnvironmentRequest extends ShellStage {
  readonly run: RunState;
  readonly workspace: string;
  /** What the names of the command files begin with; so that a command may write its outputs, which nobody reads. */
  readonly commandPrefix: string;
  /** Null: secrets were not asked for, and what is made of one is empty. */
  readonly secrets: Pick<Secrets, 'resolve'> | null;
}

/**
 * The variables and the directory of the step that failed, as far as they can be said after it: what earlier steps wrote to
 * `$PIPEWRIGHT_ENV` and `steps.*` are not kept, and an expression over them is empty.
 * @throws AppError `secret-missing`, `vault-unreadable`
 */
export async function shellEnvironment(request: EnvironmentRequest): Promise<ShellEnvironment> {
  const { run, planned, attempt, workspace, commandPrefix } = request;
  const secrets = await secretsOf(request);
  const contexts = { ...contextsBeforeEnv(run, planned, attempt), secrets, steps: {} };
  const step = failedStep(run, request);
  const env: Record<string, string> = {};
  const evaluate = (text: string): string =>
    evaluated(() => interpolate(text, { ...contexts, env: { ...env } }));
  for (const values of [run.plan.env, planned.env, step?.env ?? {}]) {
    for (const [name, value] of Object.entries(values)) env[name] = evaluate(value);
  }
  const variables = pipewrightVariables(run, planned, { workspace, commandPrefix, attempt });
  return {
    env: { ...env, ...secrets, ...variables, PIPEWRIGHT_SHELL: '1' },
    directory: evaluate(step?.workingDirectory ?? planned.workingDirectory ?? ''),
  };
}

function secretsOf({
  run,
  planned,
  attempt,
  secrets,
}: EnvironmentRequest): Promise<Readonly<Record<string, string>>> {
  if (secrets === null || planned.secrets.length === 0) return Promise.resolve({});
  const { environment } = planned;
  return secrets.resolve(planned.secrets, {
    projectDir: run.projectDir,
    environment: environment === null ? null : interpolate(environment, stageContexts(run, planned, attempt)),
  });
}

/** What cannot be evaluated any more is no reason to open no shell. */
function evaluated(evaluate: () => string): string {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof ExpressionFailure) return '';
    throw error;
  }
}
