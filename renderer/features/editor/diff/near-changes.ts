import type { ComparedStage } from './comparison.ts';

/** More stages than this are not drawn: nobody finds a way through them. */
export const MOST_DRAWN = 400;

/** The stages that a graph of changes draws. */
export interface DrawnStages {
  readonly stages: readonly ComparedStage[];
  /** How many stages there are beside them. */
  readonly left: number;
}

/** All stages; or, where they are more than can be drawn, those of `nearChanges`. */
export function allStages(stages: readonly ComparedStage[]): DrawnStages {
  return stages.length <= MOST_DRAWN ? { stages, left: 0 } : nearChanges(stages);
}

/** The stages that are not the same in both texts, with those that they need and that need them, in their order. */
export function nearChanges(stages: readonly ComparedStage[]): DrawnStages {
  const changed = new Set(stages.filter(({ change }) => change !== null).map(({ id }) => id));
  // What has changed goes first where there is no room for all.
  const drawn = new Set([...changed].slice(0, MOST_DRAWN));
  for (const stage of stages) {
    const near = changed.has(stage.id)
      ? stage.needs
      : stage.needs.some((need) => changed.has(need))
        ? [stage.id]
        : [];
    for (const id of near) if (drawn.size < MOST_DRAWN) drawn.add(id);
  }
  const kept = stages.filter(({ id }) => drawn.has(id));
  return { stages: kept, left: stages.length - kept.length };
}
