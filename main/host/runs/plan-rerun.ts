import { AppError } from '#shared/lib/app-error.ts';
import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { Plan, PlannedStage } from '#shared/pipeline/plan.ts';
import { withoutReuse } from '#shared/pipeline/without-reuse.ts';
import type { ArtifactSummary } from '#shared/run/events.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';

/** What is run again: all that did not succeed, or one stage with all that needs it; that one also when nothing changed. */
export type RerunFrom = { readonly type: 'failed' } | { readonly type: 'stage'; readonly stage: StageId };

export interface RerunPlan {
  readonly plan: Plan;
  /** Stages of the plan whose results stand; what they need is among them. */
  readonly reused: ReadonlyMap<StageId, StageState>;
}

/**
 * What a run must do again and what it may reuse: stages that succeeded and need nothing that runs again. What was skipped
 * runs anew, so that its condition is asked again. A matrix that grew in the run keeps its legs when what decides them is
 * reused, and is expanded again otherwise.
 * @param original the plan as the run began
 * @param isStored whether an artifact's content is there still; a stage that made one that is gone runs again
 * @throws AppError `stage-not-found`; `usage` when nothing had failed
 */
export function planRerun(
  original: Plan,
  state: RunState,
  from: RerunFrom,
  isStored: (artifact: ArtifactSummary) => boolean,
): RerunPlan {
  const stages = chunkedToArray(state.stages);
  const again = new Set(
    stages.flatMap(({ status, artifacts }, index) =>
      status === 'succeeded' && artifacts.every(isStored) ? [] : [index],
    ),
  );
  const wanted = from.type === 'stage' ? chosen(state, from.stage) : [];
  if (from.type === 'stage') for (const index of wanted) again.add(index);
  else if (!stages.some(({ status }) => status !== 'succeeded' && status !== 'skipped')) {
    throw new AppError('usage', `Nothing failed in run #${state.number}.`, {
      hint: 'Name the stage that is to run again.',
    });
  }
  for (const index of state.graph.order) {
    if (state.graph.needs[index]!.some((need) => again.has(need))) again.add(index);
  }
  const forced = new Set(wanted.map((index) => state.plan.stages[index]!.id));
  const plan = withoutReuse({ ...original, stages: plannedStages(original, state, again) }, (id) =>
    forced.has(id),
  );
  const ids = new Set(plan.stages.map(({ id }) => id));
  const reused = stages.filter(({ id }, index) => !again.has(index) && ids.has(id));
  return { plan, reused: new Map(reused.map((stage) => [stage.id, stage])) };
}

/** A matrix stands for its legs. */
function chosen({ plan, graph, number }: RunState, stage: StageId): readonly number[] {
  const index = graph.indexOf.get(stage);
  if (index === undefined) throw new AppError('stage-not-found', `Run #${number} has no stage ${stage}.`);
  const legs = plan.stages[index]!.matrix?.legs ?? [];
  return [index, ...legs.map((leg) => graph.indexOf.get(leg)!)];
}

function plannedStages(original: Plan, state: RunState, again: ReadonlySet<number>): PlannedStage[] {
  const grown = new Set<StageId>();
  const stages = original.stages.map((planned, index) => {
    const now = state.plan.stages[index]!;
    if (planned.matrix?.legs !== null || !now.matrix?.legs) return planned;
    // It needs its legs now; what it needed before decides what they are.
    if (planned.needs.some((need) => again.has(state.graph.indexOf.get(need)!))) return planned;
    grown.add(planned.id);
    return now;
  });
  const legs = state.plan.stages.slice(original.stages.length);
  return [...stages, ...legs.filter(({ leg }) => leg !== null && grown.has(leg.of))];
}
