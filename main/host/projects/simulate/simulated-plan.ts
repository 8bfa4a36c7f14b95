import { type Plan, type PlannedStage } from '#shared/pipeline/plan.ts';

/**
 * The plan as it is simulated: a matrix over outputs is one stage, since nobody knows its legs. One over what is known,
 * such as `git.branch`, is left to be expanded.
 */
export function simulatedPlan(plan: Plan): Plan {
  return { ...plan, stages: plan.stages.map(withoutUnknownLegs) };
}

function withoutUnknownLegs(stage: PlannedStage): PlannedStage {
  const template = stage.matrix?.template ?? null;
  if (stage.matrix?.legs !== null || template === null) return stage;
  if (!/\bneeds\b/i.test(JSON.stringify(template.definition))) return stage;
  const { id, name, needs } = stage;
  return { ...template.leg, id, name, needs, kind: 'matrix' };
}

/** Past durations for the stages of a simulated plan: a matrix whose legs are not known takes as long as its longest leg did. */
export function simulatedDurations(
  plan: Plan,
  expectedMs: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const open = plan.stages.filter(({ kind, matrix }) => kind === 'matrix' && matrix === null);
  if (open.length === 0) return expectedMs;
  const known = Object.entries(expectedMs);
  const longest = open.flatMap(({ id }): [string, number][] => {
    const legs = known.filter(([leg]) => leg.startsWith(`${id}[`)).map(([, ms]) => ms);
    return legs.length === 0 ? [] : [[id, Math.max(...legs)]];
  });
  return { ...expectedMs, ...Object.fromEntries(longest) };
}
