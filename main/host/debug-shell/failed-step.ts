import { chunkedGet } from '#shared/lib/chunked.ts';
import type { PlannedStep } from '#shared/pipeline/plan.ts';
import type { RunState } from '#shared/run/run-state.ts';
import type { ShellStage } from './shell-stage.ts';

/** The step of an attempt that failed first, else the first of all; undefined for a stage without steps. */
export function failedStep(
  run: RunState,
  { planned, attempt }: Pick<ShellStage, 'planned' | 'attempt'>,
): PlannedStep | undefined {
  const index = run.graph.indexOf.get(planned.id);
  const steps = index === undefined ? [] : (chunkedGet(run.stages, index).attempts[attempt - 1]?.steps ?? []);
  const failed = steps.find(({ outcome }) => outcome !== null && outcome.type !== 'succeeded');
  return planned.steps.find(({ id }) => id === failed?.id) ?? planned.steps[0];
}
