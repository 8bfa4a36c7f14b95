import type { PlannedStage } from '#shared/pipeline/plan.ts';

/** Whether a stage is a matrix that only repeats what its legs do. One without legs, or not yet with any, shows itself. */
export function isExpanded({ matrix }: PlannedStage): boolean {
  return (matrix?.legs ?? []).length > 0;
}
