import { AppError } from '#shared/lib/app-error.ts';
import { chunkedGet } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { PlannedStage } from '#shared/pipeline/plan.ts';
import type { RunState } from '#shared/run/run-state.ts';

/** The attempt that a shell is opened for. */
export interface ShellStage {
  readonly planned: PlannedStage;
  readonly attempt: number;
  readonly isPaused: boolean;
}

/**
 * Finds the attempt of a stage that can be looked into: one that has ended, or waits after a failure.
 * @param attempt default: the last
 * @throws AppError `stage-not-found`; `shell-unavailable` for one that has not run, or is running
 */
export function findShellStage(run: RunState, stage: StageId, attempt?: number): ShellStage {
  const index = run.graph.indexOf.get(stage);
  const planned = index === undefined ? undefined : run.plan.stages[index];
  if (index === undefined || planned === undefined)
    throw new AppError('stage-not-found', `The run has no stage ${stage}.`);
  const { attempts, host } = chunkedGet(run.stages, index);
  const number = attempt ?? attempts.length;
  const found = attempts[number - 1];
  if (found === undefined) {
    const what = attempt === undefined ? 'has not run' : `has no attempt ${attempt}`;
    throw new AppError('shell-unavailable', `${stage} ${what}, so there is nothing to look into.`);
  }
  const isPaused = found.paused !== undefined;
  if (found.outcome === null && !isPaused) {
    throw new AppError('shell-unavailable', `${stage} is still running.`, {
      hint: 'Wait for its end; `run --pause-on-failure` keeps a stage that fails as it is.',
    });
  }
  // Where it ran is known by now, also of a stage that asked for labels.
  const at: Partial<PlannedStage> = host === undefined ? {} : { place: { type: 'ssh', host } };
  return { planned: { ...planned, ...at }, attempt: number, isPaused };
}
