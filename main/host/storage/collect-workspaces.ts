import type { CollectProgress } from '#shared/api/storage-schemas.ts';
import { type Collecting, type MeasuredRun, progress } from './collecting.ts';
import { leftoverFolders, removeFolder, removeWorkspaces } from './run-folders.ts';

/**
 * Removes the workspaces of runs that stay but have been over for long, and the folders that an interrupted removal left.
 * @param maxAgeMs since the run's end; null: workspaces stay
 */
export async function* collectWorkspaces(
  work: Collecting,
  runs: readonly MeasuredRun[],
  maxAgeMs: number | null,
): AsyncGenerator<CollectProgress> {
  const { host, now, signal, found } = work;
  const { store, dataDir } = host;
  const add = (bytes: number): CollectProgress => {
    const { count, sizeBytes } = found.workspaces;
    found.workspaces = { count: count + 1, sizeBytes: sizeBytes + bytes };
    found.sizeBytes += bytes;
    return progress(work, 'workspaces', count + 1, null);
  };
  for (const { runId, isProtected, finishedAt, workspaceBytes } of runs) {
    if (workspaceBytes === 0 || isProtected || finishedAt === null) continue;
    if (now - finishedAt <= (maxAgeMs ?? Infinity) || !store.retention.isFree(runId)) continue;
    if (!found.dryRun) {
      store.runSizes.forget(runId);
      await removeWorkspaces(dataDir, runId);
    }
    yield add(workspaceBytes);
  }
  for await (const { folder, sizeBytes } of leftoverFolders(host, signal)) {
    if (!found.dryRun) await removeFolder(folder);
    yield add(sizeBytes);
  }
}
