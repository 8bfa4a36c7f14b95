import type { Plan, PlannedStage } from './plan.ts';
import { isContainerService, type PlannedContainer } from './plan-place.ts';

/**
 * The plan in which every stage that would run on this machine runs in a container of its own. Stages that say
 * where they run, as a container or a host, stay there; so does one beside processes of this machine, which no container
 * reaches, and what runs nothing itself, such as an approval.
 */
export function inContainers(plan: Plan, container: PlannedContainer): Plan {
  return { ...plan, stages: plan.stages.map((stage) => move(stage, container)) };
}

function move(stage: PlannedStage, container: PlannedContainer): PlannedStage {
  const template = stage.matrix?.template ?? null;
  if (stage.matrix !== null && template !== null)
    return {
      ...stage,
      matrix: { ...stage.matrix, template: { ...template, leg: move(template.leg, container) } },
    };
  const isLocal = stage.place === undefined || stage.place.type === 'local';
  const isWork = stage.steps.length > 0 || stage.hooks.success !== null || stage.hooks.failure !== null;
  const isBound = stage.services?.some((service) => !isContainerService(service)) ?? false;
  return isLocal && isWork && !isBound ? { ...stage, place: { type: 'container', container } } : stage;
}
