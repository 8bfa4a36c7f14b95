import type { Issue } from '../lib/issue.ts';
import { quote } from './describe-value.ts';
import { findCycles } from './find-cycles.ts';
import { IssueList, hasErrors } from './issue-list.ts';
import type { Pipeline, PipelineStage } from './pipeline.ts';
import type { Plan } from './plan.ts';
import { planStage } from './plan-stage.ts';
import { resolveInputs } from './resolve-inputs.ts';
import { createSuggest } from './suggest.ts';
import type { Suggest } from './suggest.ts';

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
  const stages = selectStages(pipeline, request.stages ?? null, issues, suggest);
  for (const stage of stages) checkRunnable(stage, pipeline, issues);
  for (const cycle of findCycles(new Map(stages.map((stage) => [stage.id, stage.needs])))) {
    const place = { line: stages.find((stage) => stage.id === cycle[0])?.line ?? 1, column: 1 };
    issues.add('cycle', place, `Stages need each other in a circle: ${[...cycle, cycle[0]].join(' -> ')}`);
  }
  const found = issues.sorted();
  if (hasErrors(found)) return { plan: null, issues: found };
  const plan: Plan = {
    name: pipeline.name,
    workspace: pipeline.workspace,
    env: pipeline.env,
    inputs,
    stages: stages.map((stage) => planStage(stage, pipeline)),
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

/** The chosen stages and what they need, in the order of the file; every `needs` names one of them, or is an issue. */
function selectStages(
  pipeline: Pipeline,
  chosen: readonly string[] | null,
  issues: IssueList,
  suggest: Suggest,
): readonly PipelineStage[] {
  const byId = new Map(pipeline.stages.map((stage) => [stage.id, stage] as const));
  const selected = new Set<string>();
  const open: { readonly id: string; readonly neededBy: PipelineStage | null }[] = [];
  for (const id of chosen ?? byId.keys()) open.push({ id, neededBy: null });
  if (open.length === 0) issues.add('empty-stages', null, 'The pipeline has no stages to run');
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { id, neededBy } = next;
    const stage = byId.get(id);
    if (stage === undefined) {
      const close = suggest(id, byId.keys());
      const hint = close === null ? null : `did you mean \`${close}\`?`;
      if (neededBy === null) issues.add('unknown-stage', null, `There is no stage ${quote(id)}`, hint);
      else {
        const message = `Stage ${quote(neededBy.id)} needs ${quote(id)}, which does not exist`;
        issues.add('missing-need', { line: neededBy.line, column: 1 }, message, hint);
      }
    } else if (!selected.has(id)) {
      selected.add(id);
      for (const need of stage.needs) open.push({ id: need, neededBy: stage });
    }
  }
  return pipeline.stages.filter((stage) => selected.has(stage.id));
}

/** Keys that say whether, how often or where a stage runs: without them it would do what its file does not allow. */
const DECISIVE_KEYS = ['matrix', 'container', 'extends'] as const;

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
