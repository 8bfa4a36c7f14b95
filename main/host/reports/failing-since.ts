import type { Store } from '#main/store/open-store.ts';
import type { RunPoint } from '#shared/api/report-schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { pointOf } from './run-point.ts';

/** Further back nobody looks. */
const RUNS = 100;

/**
 * Of the cases that fail in a run, the earlier run of the same branch since which each has failed without passing in
 * between; those that are new failures are absent. Runs without the case, or in which it was skipped, say nothing.
 */
export function failingSince(
  store: Pick<Store, 'runs' | 'runLine' | 'testResults'>,
  runId: RunId,
): ReadonlyMap<number, RunPoint> {
  const since = new Map<number, RunPoint>();
  const open = new Set(store.testResults.failing(runId));
  if (open.size === 0) return since;
  const branch = store.runs.get(runId).git?.branch ?? null;
  for (const run of store.runLine.before(runId, branch, RUNS)) {
    if (open.size === 0) break;
    const failing = store.testResults.failing(run.id);
    const point = pointOf(run);
    for (const hash of open) {
      if (failing.has(hash)) since.set(hash, point);
      else if (store.testResults.outcome(run.id, hash)?.status === 'passed') open.delete(hash);
    }
  }
  return since;
}
