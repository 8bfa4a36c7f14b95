import { chunkedToArray } from '#shared/lib/chunked.ts';
import type { StageId } from '#shared/lib/ids.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { whatBroke } from './what-broke.ts';

/** The stage to walk to first: what broke, else what runs, else the first of all. */
export function firstSelection(run: RunState): StageId | null {
  const broken = whatBroke(run);
  if (broken !== null) return broken.stage;
  const stages = chunkedToArray(run.stages);
  return (stages.find(({ status }) => status === 'running') ?? stages[0])?.id ?? null;
}

/** The stage before or after one in the file's order; the ends hold. */
export function neighbour(run: RunState, id: string | null, by: 1 | -1): StageId | null {
  const index = id === null ? undefined : run.graph.indexOf.get(id);
  if (index === undefined) return firstSelection(run);
  return run.plan.stages[index + by]?.id ?? run.plan.stages[index]?.id ?? null;
}
