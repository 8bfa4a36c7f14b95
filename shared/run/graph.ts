import type { Plan } from '../pipeline/plan.ts';

/** A plan's graph by position, made once per plan so that no later step searches by name. */
export interface PlanGraph {
  readonly indexOf: ReadonlyMap<string, number>;
  readonly needs: readonly (readonly number[])[];
  readonly dependents: readonly (readonly number[])[];
  /** Every stage after all that it needs. */
  readonly order: readonly number[];
  /** Length of the longest path from the start of a stage to the end of the run, in milliseconds, or in stages where no duration is known. */
  readonly remaining: readonly number[];
}

/**
 * @param expectedMs how long stages take, by id; a stage that is not in it counts as the median of those that are
 * @throws when `needs` names no stage or the graph has a cycle: `compilePlan` refuses both before
 */
export function createPlanGraph(plan: Plan, expectedMs: Readonly<Record<string, number>> = {}): PlanGraph {
  const indexOf = new Map<string, number>(plan.stages.map((stage, index) => [stage.id, index]));
  const needs = plan.stages.map((stage) =>
    stage.needs.map((id) => {
      const index = indexOf.get(id);
      if (index === undefined) throw new Error(`Stage ${stage.id} needs ${id}, which is not in the plan`);
      return index;
    }),
  );
  const dependents: number[][] = plan.stages.map(() => []);
  needs.forEach((list, index) => {
    for (const need of list) dependents[need]!.push(index);
  });
  const usual = medianOf(Object.values(expectedMs)) ?? 1;
  const remaining = new Array<number>(plan.stages.length).fill(0);
  const order = topologicalOrder(needs, dependents);
  for (const index of order.toReversed()) {
    let longest = 0;
    for (const dependent of dependents[index]!) longest = Math.max(longest, remaining[dependent]!);
    remaining[index] = longest + (expectedMs[plan.stages[index]!.id] ?? usual);
  }
  return { indexOf, needs, dependents, order, remaining };
}

/** The upper one of two in the middle; undefined of nothing. */
export function medianOf(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** Kahn's algorithm: every stage after all that it needs; among equals, in file order. */
function topologicalOrder(
  needs: readonly (readonly number[])[],
  dependents: readonly (readonly number[])[],
): number[] {
  const unmet = needs.map((list) => list.length);
  const order = unmet.flatMap((count, index) => (count === 0 ? [index] : []));
  for (let position = 0; position < order.length; position += 1) {
    for (const dependent of dependents[order[position]!]!) {
      unmet[dependent]! -= 1;
      if (unmet[dependent] === 0) order.push(dependent);
    }
  }
  if (order.length < needs.length) throw new Error('The plan has a cycle');
  return order;
}
