import type { Issue } from '../lib/issue.ts';
import { quote } from './describe-value.ts';
import { findCycles } from './find-cycles.ts';
import { IssueList, hasErrors } from './issue-list.ts';
import type { Pipeline, PipelineStage } from './pipeline.ts';
import type { Plan } from './plan.ts';
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
  const planned = issues.count === 0 ? planStages(stages, pipeline, inputs, issues) : [];
  const selected = selectPlanned(planned, chosen, issues, suggest);
  const found = issues.sorted();
  if (hasErrors(found)) return { plan: null, issues: found };
  const plan: Plan = {
    name: pipeline.name,
    workspace: pipeline.workspace,
    env: pipeline.env,
    inputs,
    stages: selected,
    timeoutMs: pipeline.timeoutMs,
    failFast: pipeline.failFast,
    maxParallel: pipeline.maxParallel,
    concurrency: pipeline.concurrency,
    onRestart: pipeline.onRestart,
    vars: pipeline.vars,
    state: pipeline.state,
  };
  return { plan, issues: found };
}

/** Keys that say whether, how often or where a stage runs: without them it would do what its file does not allow. */
const DECISIVE_KEYS = ['container'] as const;

function checkRunnable(stage: PipelineStage, { file }: Pipeline, issues: IssueList): void {
  const { type } = stage.body;
  const place = { line: stage.line, column: 1 };
  if (type === 'none') {
    issues.add('missing-body', place, `Stage ${quote(stage.id)} says not (or not clearly) what to do`);
    return;
  }
  const written = file.stages[stage.id];
  const keys: string[] = DECISIVE_KEYS.filter((key) => written?.[key] !== undefined);
  if (type === 'pipeline') keys.unshift(type);
  if (written?.['runs-on'] !== undefined && written['runs-on'] !== 'local') keys.push('runs-on');
  const [key] = keys;
  if (key === undefined) return;
  issues.add(
    'unsupported-stage',
    place,
    `Stage ${quote(stage.id)} cannot run yet: \`${key}\` works from a later version`,
    'run the other stages with --stage, or take the key out',
  );
}
