import type { GraphStage } from './graph-stage.ts';

/** A group with more stages than this is one node until it is unfolded. */
const MOST_UNFOLDED = 3;

/** What a person chose for a group, against what it would be by itself. */
export type Folding = ReadonlyMap<string, boolean>;

/** What of a planned stage decides how it is drawn. */
export interface FoldableStage {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly needs: readonly string[];
  readonly continueOnError: boolean;
  /** Of a group, a matrix or a called pipeline: its stages; null while they are not known. */
  readonly matrix: { readonly legs: readonly string[] | null } | null;
  /** Of a leg: its matrix. */
  readonly leg: { readonly of: string } | null;
}

const legsOf = ({ matrix }: FoldableStage): readonly string[] => matrix?.legs ?? [];

export function isFolded(group: FoldableStage, folding: Folding): boolean {
  return folding.get(group.id) ?? legsOf(group).length > MOST_UNFOLDED;
}

/** The group that a stage stands for or belongs to, the innermost one; null for any other stage. */
export function groupIdOf(
  stages: readonly FoldableStage[],
  { id, matrix, leg }: FoldableStage,
): string | null {
  if (leg !== null) return leg.of;
  if (matrix !== null) return id;
  return stages.find((stage) => legsOf(stage).includes(id))?.id ?? null;
}

/** Answers with the outermost folded group that a stage is hidden in; null for one that is drawn. */
function hidingGroups(stages: readonly FoldableStage[], folding: Folding): (id: string) => string | null {
  const hiddenIn = new Map<string, string>();
  // A group stands behind the groups within it, so that the outermost one is the last to say so.
  for (const group of stages) {
    if (group.matrix === null || !isFolded(group, folding)) continue;
    for (const leg of legsOf(group)) hiddenIn.set(leg, group.id);
  }
  return (id) => {
    let group = hiddenIn.get(id) ?? null;
    for (let outer = group; outer !== null; outer = hiddenIn.get(outer) ?? null) group = outer;
    return group;
  };
}

/**
 * Planned stages as a graph: a folded group is one node that needs what its stages need from outside, and takes the place
 * of each of them that another stage needs; an unfolded one is its stages with the node behind them, where they come together.
 */
export function foldStages(stages: readonly FoldableStage[], folding: Folding): readonly GraphStage[] {
  const byId = new Map(stages.map((stage) => [stage.id, stage]));
  const hiddenIn = hidingGroups(stages, folding);
  return legsFirst(stages).flatMap((planned): GraphStage[] => {
    if (hiddenIn(planned.id) !== null) return [];
    const legs = legsOf(planned);
    const folded = planned.matrix !== null && isFolded(planned, folding);
    const needs =
      folded && legs.length > 0 ? legs.flatMap((leg) => byId.get(leg)?.needs ?? []) : planned.needs;
    const drawn = new Set(needs.map((need) => hiddenIn(need) ?? need));
    drawn.delete(planned.id);
    return [
      {
        id: planned.id,
        name: planned.name,
        kind: planned.kind,
        needs: [...drawn],
        badges: planned.continueOnError ? ['continue-on-error'] : [],
        ...(planned.matrix === null ? {} : { group: { legs, isFolded: folded } }),
      },
    ];
  });
}

/** In the order in which stages are to stand: a matrix behind its legs, also those that joined at the end of the plan. */
function legsFirst(stages: readonly FoldableStage[]): readonly FoldableStage[] {
  const legs = new Map<string, FoldableStage[]>();
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

/** The node that shows a stage: its own, or that of the folded group that it belongs to. */
export function nodeOf(stages: readonly FoldableStage[], drawn: readonly GraphStage[], id: string): string {
  const isDrawn = new Set(drawn.map((stage) => stage.id));
  if (isDrawn.has(id)) return id;
  return stages.findLast((group) => isDrawn.has(group.id) && legsOf(group).includes(id))?.id ?? id;
}
