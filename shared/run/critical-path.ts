import { chunkedGet } from '../lib/chunked.ts';
import type { RunState, StageState } from './run-state.ts';

/**
 * The chain of stages that decided when the run ended (or, while it runs, how far it is): from the stage that ended last,
 * back through the need that ended last, to one that waited for nothing. In order of time; empty when nothing has started.
 * A matrix or a called pipeline stands behind the stage of it that ended last; what was skipped passes on what it waited for.
 */
export function criticalPath(run: RunState, nowMs: number): readonly string[] {
  const stageAt = (index: number): StageState => chunkedGet(run.stages, index);
  const endOf = (index: number): number => {
    const { startedAt, finishedAt } = stageAt(index);
    if (finishedAt !== null) return Date.parse(finishedAt);
    return startedAt === null ? -Infinity : nowMs;
  };
  const latest = (indexes: Iterable<number>): number | null => {
    let found: number | null = null;
    let latestEnd = -Infinity;
    for (const index of indexes) {
      const end = endOf(index);
      if (end <= latestEnd) continue;
      found = index;
      latestEnd = end;
    }
    return found;
  };
  const path: string[] = [];
  let at = latest([...run.plan.stages.keys()].filter((index) => hasRun(stageAt(index))));
  while (at !== null) {
    if (hasRun(stageAt(at))) path.push(run.plan.stages[at]!.id);
    at = latest(run.graph.needs[at] ?? []);
  }
  return path.reverse();
}

/** A matrix, a called pipeline and an approval end without having been started. */
const hasRun = ({ startedAt, status }: StageState): boolean =>
  startedAt !== null || status === 'succeeded' || status === 'failed';
