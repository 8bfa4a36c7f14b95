import type { ExpressionFunctions } from '#shared/expressions/evaluate-expression.ts';
import { interpolate } from '#shared/expressions/interpolate.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import { isHook, type PlannedStage } from '#shared/pipeline/plan.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';

/** The names under which a step finds its command files; the second is what GitHub's tools look for. */
export const COMMAND_FILES = {
  output: ['PIPEWRIGHT_OUTPUT', 'GITHUB_OUTPUT'],
  env: ['PIPEWRIGHT_ENV', 'GITHUB_ENV'],
  path: ['PIPEWRIGHT_PATH', 'GITHUB_PATH'],
  summary: ['PIPEWRIGHT_SUMMARY', 'GITHUB_STEP_SUMMARY'],
  state: ['PIPEWRIGHT_STATE'],
} as const;

export interface StagePlace {
  readonly workspace: string;
  readonly commandPrefix: string;
  readonly attempt: number;
}

/** What Pipewright itself tells every step. */
export function pipewrightVariables(
  run: RunState,
  stage: PlannedStage,
  place: StagePlace,
): Record<string, string> {
  const variables: Record<string, string> = {
    CI: 'true',
    PIPEWRIGHT: 'true',
    PIPEWRIGHT_RUN_ID: run.runId,
    PIPEWRIGHT_RUN_NUMBER: String(run.number),
    PIPEWRIGHT_STAGE: stage.id,
    PIPEWRIGHT_ATTEMPT: String(place.attempt),
    PIPEWRIGHT_WORKSPACE: place.workspace,
    PIPEWRIGHT_PROJECT: run.projectDir,
  };
  if (isHook(stage)) variables['PIPEWRIGHT_RUN_STATUS'] = run.result ?? run.status;
  for (const [file, names] of Object.entries(COMMAND_FILES)) {
    for (const name of names) variables[name] = `${place.commandPrefix}${file}`;
  }
  return variables;
}

/** The contexts that do not depend on a stage. */
export function runContexts(run: RunState): Record<string, unknown> {
  return {
    inputs: run.plan.inputs,
    vars: run.plan.vars,
    run: {
      id: run.runId,
      number: run.number,
      name: run.name,
      trigger: run.trigger.type,
      status: run.result ?? run.status,
    },
    git: run.git ?? { commit: '', branch: '', message: '' },
  };
}

/** As `stageContexts`, without `env`. */
export function contextsBeforeEnv(
  run: RunState,
  stage: PlannedStage,
  attempt: number,
): Record<string, unknown> {
  const needs: Record<string, unknown> = {};
  const visible = isHook(stage)
    ? run.plan.stages.filter((other) => !isHook(other)).map(({ id }) => id)
    : stage.needs;
  for (const id of visible) {
    const index = run.graph.indexOf.get(id);
    if (index === undefined) continue;
    const state: StageState = chunkedGet(run.stages, index);
    needs[id] = { result: state.status, outputs: state.outputs };
  }
  return {
    ...runContexts(run),
    needs,
    matrix: stage.leg?.values ?? {},
    stage: { id: stage.id, name: stage.name, attempt },
  };
}

/**
 * The contexts of `${{ }}` for one stage before an attempt of it; only what it needs is visible in `needs`, and all to a hook
 * of the run. `env` is evaluated when it is read, and throws an `ExpressionFailure` then.
 */
export function stageContexts(run: RunState, stage: PlannedStage, attempt: number): Record<string, unknown> {
  const known = contextsBeforeEnv(run, stage, attempt);
  return Object.defineProperty({ ...known }, 'env', {
    enumerable: true,
    get: () => environmentOf(run, stage, known),
  });
}

/**
 * The `env` context of a stage: each variable may use those of the pipeline and those before it.
 * @param contexts without `env`
 * @throws {ExpressionFailure}
 */
export function environmentOf(
  { plan }: Pick<RunState, 'plan'>,
  stage: Pick<PlannedStage, 'env'>,
  contexts: Readonly<Record<string, unknown>>,
  functions: ExpressionFunctions = {},
): Readonly<Record<string, string>> {
  const env: Record<string, string> = {};
  for (const [name, value] of [...Object.entries(plan.env), ...Object.entries(stage.env)]) {
    env[name] = interpolate(value, { ...contexts, env }, functions);
  }
  return env;
}
