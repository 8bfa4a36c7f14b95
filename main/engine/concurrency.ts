import { interpolate } from '#shared/expressions/interpolate.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { runContexts } from './stage-environment.ts';

/** The lock that runs of one concurrency group of a project share; null for a run without a group. */
export function runGroup(project: string, run: RunState): string | null {
  const { concurrency } = run.plan;
  return concurrency === null ? null : `run:${project}:${interpolate(concurrency.group, runContexts(run))}`;
}

/** The lock that stages of one concurrency group of a project share; another than that of runs, which may hold it around. */
export const stageGroup = (project: string, group: string): string => `stage:${project}:${group}`;
