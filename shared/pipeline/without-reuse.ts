import type { StageId } from '../lib/ids.ts';
import type { Plan, PlannedStage } from './plan.ts';

/**
 * The plan in which stages run though nothing of theirs has changed; what comes out is remembered as ever.
 * @param isForced which stages; the legs that a matrix brings in follow its own
 */
export function withoutReuse(plan: Plan, isForced: (stage: StageId) => boolean = () => true): Plan {
  return { ...plan, stages: plan.stages.map((stage) => (isForced(stage.id) ? force(stage) : stage)) };
}

function force(stage: PlannedStage): PlannedStage {
  const { skipIfUnchanged, matrix } = stage;
  const template = matrix?.template ?? null;
  return {
    ...stage,
    skipIfUnchanged: skipIfUnchanged && { ...skipIfUnchanged, isForced: true },
    matrix:
      matrix === null || template === null
        ? matrix
        : { ...matrix, template: { ...template, leg: force(template.leg) } },
  };
}
