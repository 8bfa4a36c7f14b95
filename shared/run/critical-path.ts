import { chunkedGet } from '../lib/chunked.ts';
import type { RunState } from './run-state.ts';

/**
 * The chain of stages that decided when the run ended (or, while it runs, how far it is): from the stage that ended last,
 * back through the need that ended last, to one that waited for nothing. In order of time; empty when nothing has started.
 * A matrix or a called pipeline stands behind the stage of it that ended last.
 */
export function criticalPath(run: RunState, nowMs: number): readonly string[] {
  const endOf = (index: number): number | null => {
    const stage = chunkedGet(run.stages, index);
    // A matrix, a called pipeline and an approval end without having been started.
    if (stage.startedAt === null && stage.status !== 'succeeded' && stage.status !== 'failed') return null;
    return stage.finishedAt === null ? nowMs : Date.parse(stage.finishedAt);
  };
  const latest = (indexes: Iterable<number>): number | null => {
    let found: number | null = null;
    let latestEnd = -Infinity;
    for (const index of indexes) {
      const end = endOf(index);
      if (end === null || end <= latestEnd) continue;
      found = index;
      latestEnd = end;
    }
    return found;
  };
  const path: string[] = [];
  let at = latest(run.plan.stages.keys());
  while (at !== null) {
    path.push(run.plan.stages[at]!.id);
    at = latest(run.graph.needs[at] ?? []);
  }
  return path.reverse();
}
