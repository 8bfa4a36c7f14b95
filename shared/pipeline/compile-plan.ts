import { ExpressionFailure } from '../expressions/expression-failure.ts';
import type { Issue } from '../lib/issue.ts';
import { quote } from './describe-value.ts';
import { findCycles } from './find-cycles.ts';
import { IssueList, hasErrors } from './issue-list.ts';
import { checkRunnable } from './check-runnable.ts';
import type { InputValue, Pipeline } from './pipeline.ts';
import type { Plan, PlannedStage } from './plan.ts';
import { planHooks } from './plan-hooks.ts';
import { planStages } from './plan-stages.ts';
import { resolveInputs } from './resolve-inputs.ts';
import { selectPlanned, selectStages } from './select-stages.ts';
import { createSuggest } from './suggest.ts';

export interface PlanRequest {
  /** Values of the pipeline's inputs, as texts (`--input k=v`). */
  readonly inputs: Readonly<Record<string, string>>;
  /** Only these stages and all that they need; every stage unless given. */
  readonly stages?: readonly string[];
}

export interface CompiledPlan {
  /** Null when there are errors. */
  readonly plan: Plan | null;
  readonly issues: readonly Issue[];
}

/**
 * Makes a pipeline ready to run. Never throws; a pipeline whose file had errors is refused with issues as well,
 * as far as the errors stand in the way of running the chosen stages.
 */
export function compilePlan(pipeline: Pipeline, request: PlanRequest): CompiledPlan {
  const issues = new IssueList(pipeline.path);
  const suggest = createSuggest();
  const inputs = resolveInputs(pipeline, request.inputs, issues, suggest);
  const chosen = request.stages ?? null;
  const stages = selectStages(pipeline, chosen, issues, suggest);
  for (const stage of stages) checkRunnable(stage, pipeline, issues);
  for (const cycle of findCycles(new Map(stages.map((stage) => [stage.id, stage.needs])))) {
    const place = { line: stages.find((stage) => stage.id === cycle[0])?.line ?? 1, column: 1 };
    issues.add('cycle', place, `Stages need each other in a circle: ${[...cycle, cycle[0]].join(' -> ')}`);
  }
  const planned = issues.count === 0 ? planStages(stages, pipeline, inputs, issues, suggest) : [];
  checkArtifacts(planned, issues);
  const selected = selectPlanned(planned, chosen, issues, suggest);
  const withHooks =
    selected.length === 0 ? selected : [...selected, ...hooksOf(pipeline, selected, inputs, issues)];
  const found = issues.sorted();
  if (hasErrors(found)) return { plan: null, issues: found };
  const plan: Plan = {
    name: pipeline.name,
    workspace: pipeline.workspace,
    env: pipeline.env,
    inputs,
    stages: withHooks,
    timeoutMs: pipeline.timeoutMs,
    failFast: pipeline.failFast,
    maxParallel: pipeline.maxParallel,
    concurrency: pipeline.concurrency,
    onRestart: pipeline.onRestart,
    vars: pipeline.vars,
    state: pipeline.state,
    ...(pipeline.retention && { retention: pipeline.retention }),
  };
  return { plan, issues: found };
}

function hooksOf(
  pipeline: Pipeline,
  stages: readonly PlannedStage[],
  inputs: Readonly<Record<string, InputValue>>,
  issues: IssueList,
): readonly PlannedStage[] {
  try {
    return planHooks(pipeline, stages, inputs);
  } catch (error) {
    if (!(error instanceof ExpressionFailure)) throw error;
    issues.add('expression-failed', null, `A hook of the run cannot be planned: ${error.message}`);
    return [];
  }
}

/** Several legs, or calls of one pipeline, may come to the same name, which no check of the file sees. */
function checkArtifacts(stages: readonly PlannedStage[], issues: IssueList): void {
  const owners = new Map<string, PlannedStage>();
  for (const stage of stages) {
    for (const { name } of stage.artifacts) {
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, stage);
      else if (!name.includes('${{')) {
        const message = `The stages ${quote(owner.id)} and ${quote(stage.id)} both make an artifact ${quote(name)}`;
        const hint = 'put a value of the matrix or an input into its name';
        issues.add('duplicate-artifact', { line: stage.line, column: 1 }, message, hint);
      }
    }
  }
}
