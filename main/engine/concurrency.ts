import { interpolate } from '#shared/expressions/interpolate.ts';
import type { RunState } from '#shared/run/run-state.ts';
import type { EnginePorts } from './engine.ts';
import { runContexts } from './stage-environment.ts';

/** The lock that runs of one concurrency group of a project share; null for a run without a group. */
export function groupOf(ports: Pick<EnginePorts, 'projectIdOf'>, run: RunState): string | null {
  const { concurrency } = run.plan;
  if (concurrency === null) return null;
  return `run:${ports.projectIdOf(run.projectDir)}:${interpolate(concurrency.group, runContexts(run))}`;
}
