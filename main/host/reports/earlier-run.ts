import type { Store } from '#main/store/open-store.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';

/** Further back nothing is compared. */
const RUNS = 50;

/**
 * The newest run of the same pipeline before a run that `fits`: of the same branch, else of any.
 * @throws AppError `run-not-found`
 */
export function earlierRun(
  store: Pick<Store, 'runs' | 'runLine'>,
  runId: RunId,
  fits: (run: RunSummary) => boolean = () => true,
): RunSummary | null {
  const branch = store.runs.get(runId).git?.branch ?? null;
  const ofBranch = branch === null ? undefined : store.runLine.before(runId, branch, RUNS).find(fits);
  return ofBranch ?? store.runLine.before(runId, null, RUNS).find(fits) ?? null;
}
