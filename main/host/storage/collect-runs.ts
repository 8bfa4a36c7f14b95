import { type RunLimits, selectRuns } from '#main/store/select-runs.ts';
import type { CollectProgress } from '#shared/api/storage-schemas.ts';
import { type Collecting, type MeasuredRun, progress } from './collecting.ts';
import { removeRunFolder } from './run-folders.ts';

/** Removes the runs that the limits let go; one that was pinned, held or resumed meanwhile stays. */
export async function* collectRuns(
  work: Collecting,
  runs: readonly MeasuredRun[],
  limits: RunLimits,
): AsyncGenerator<CollectProgress> {
  const { host, now, found } = work;
  const { retention } = host.store;
  const selected = selectRuns(runs, limits, now, (runId) => retention.isDeployed(runId));
  for (const [index, { run, reason }] of selected.entries()) {
    yield progress(work, 'runs', index, selected.length);
    const { runId: id, number, name, projectDir, folderBytes: sizeBytes } = run;
    if (!found.dryRun) {
      if (!retention.remove(id)) continue;
      await removeRunFolder(host.dataDir, id);
    }
    const createdAt = new Date(run.createdAt).toISOString();
    found.runs.push({ id, number, name, projectDir, createdAt, reason, sizeBytes });
    found.sizeBytes += sizeBytes;
  }
}
