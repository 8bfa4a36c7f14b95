import type { GraphStage } from '#renderer/ui/pipeline-graph/graph-stage.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { Plan, PlannedStage } from '#shared/pipeline/plan.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';

/** A matrix with more legs than this is one node until it is unfolded. */
const MOST_UNFOLDED = 3;

/** What a person chose for a matrix, against what it would be by itself. */
export type Folding = ReadonlyMap<string, boolean>;

const legsOf = ({ matrix }: PlannedStage): readonly StageId[] => matrix?.legs ?? [];

export function isFolded(group: PlannedStage, folding: Folding): boolean {
  return folding.get(group.id) ?? legsOf(group).length > MOST_UNFOLDED;
}

/** The matrix that a stage stands for or is a leg of; null for any other stage. */
export function matrixOf({ id, matrix, leg }: PlannedStage): StageId | null {
  if (leg !== null) return leg.of;
  return matrix === null ? null : id;
}

/**
 * The plan as a graph: a folded matrix is one node that needs what its legs need, and takes the place of each leg that
 * another stage needs; an unfolded one is its legs with the node behind them, where they come together.
 */
export function foldStages(plan: Plan, folding: Folding): readonly GraphStage[] {
  const byId = new Map(plan.stages.map((stage) => [stage.id, stage]));
  const hiddenIn = (id: StageId): StageId | null => {
    const group = byId.get(id)?.leg?.of;
    const planned = group === undefined ? undefined : byId.get(group);
    return planned !== undefined && isFolded(planned, folding) ? planned.id : null;
  };
  return legsFirst(plan).flatMap((planned): GraphStage[] => {
    if (hiddenIn(planned.id) !== null) return [];
    const legs = legsOf(planned);
    const folded = planned.matrix !== null && isFolded(planned, folding);
    const needs =
      folded && legs.length > 0 ? legs.flatMap((leg) => byId.get(leg)?.needs ?? []) : planned.needs;
    return [
      {
        id: planned.id,
        name: planned.name,
        kind: planned.kind,
        needs: [...new Set(needs.map((need) => hiddenIn(need) ?? need))],
        badges: planned.continueOnError ? ['continue-on-error'] : [],
        ...(planned.matrix === null ? {} : { group: { legs, isFolded: folded } }),
      },
    ];
  });
}

/** In the order in which stages are to stand: a matrix behind its legs, also those that joined at the end of the plan. */
function legsFirst({ stages }: Plan): readonly PlannedStage[] {
  const legs = new Map<StageId, PlannedStage[]>();
  for (const stage of stages) {
    if (stage.leg === null) continue;
    const siblings = legs.get(stage.leg.of);
    if (siblings === undefined) legs.set(stage.leg.of, [stage]);
    else siblings.push(stage);
  }
  return stages.flatMap((planned) => {
    if (planned.leg !== null) return [];
    return planned.matrix === null ? [planned] : [...(legs.get(planned.id) ?? []), planned];
  });
}

/** The node that shows a stage: its own, or that of the folded matrix that it is a leg of. */
export function nodeOf(plan: Plan, stages: readonly GraphStage[], id: StageId): StageId {
  if (stages.some((stage) => stage.id === id)) return id;
  return plan.stages.find((planned) => planned.id === id)?.leg?.of ?? id;
}

const running = new WeakMap<StageState, StageState>();

/**
 * How a matrix stands while its legs are at work: its own status only says that it waits for them. The same object until
 * its own state changes.
 */
export function shownState(run: RunState, index: number): StageState {
  const stage = chunkedGet(run.stages, index);
  const planned = run.plan.stages[index]!;
  if (planned.matrix === null || stage.status !== 'pending') return stage;
  const isAtWork = legsOf(planned).some((leg) => {
    const legIndex = run.graph.indexOf.get(leg);
    return legIndex !== undefined && chunkedGet(run.stages, legIndex).startedAt !== null;
  });
  if (!isAtWork) return stage;
  let shown = running.get(stage);
  if (shown === undefined) {
    shown = { ...stage, status: 'running' };
    running.set(stage, shown);
  }
  return shown;
}
