import fsp from 'node:fs/promises';
import path from 'node:path';
import type { Store } from '#main/store/open-store.ts';
import type { RunSizes } from '#main/store/run-sizes.ts';
import type { RunId } from '#shared/lib/ids.ts';

/** Folders of a run that hold files to work on: of the run, of isolated stages, artifacts that someone unpacked. */
export const WORKSPACE_FOLDERS: readonly string[] = ['workspace', 'repo', 'workspaces', 'artifacts'];

/**
 * What the folders of runs take, one run after the other. Those that are over are walked once and remembered; a workspace
 * that someone changes later counts as it was.
 * @throws the signal's reason
 */
export async function* measureRuns<Run extends { readonly runId: RunId; readonly finishedAt: number | null }>(
  { store, dataDir }: { readonly store: Pick<Store, 'runSizes' | 'isReadOnly'>; readonly dataDir: string },
  runs: readonly Run[],
  signal: AbortSignal,
): AsyncGenerator<{ readonly run: Run; readonly sizes: RunSizes }> {
  const known = store.runSizes.all();
  for (const run of runs) {
    const { runId, finishedAt } = run;
    let sizes = known.get(runId);
    if (sizes === undefined) {
      sizes = await measureRun(path.join(dataDir, 'runs', runId), signal);
      if (finishedAt !== null && !store.isReadOnly) store.runSizes.set(runId, sizes);
    }
    yield { run, sizes };
  }
}

async function measureRun(folder: string, signal: AbortSignal): Promise<RunSizes> {
  let workspaceBytes = 0;
  for (const name of WORKSPACE_FOLDERS) workspaceBytes += await sizeOfFolder(path.join(folder, name), signal);
  const logBytes = await sizeOfFolder(path.join(folder, 'logs'), signal);
  const otherBytes = await sizeOfFolder(folder, signal, new Set([...WORKSPACE_FOLDERS, 'logs']));
  return { logBytes, workspaceBytes, otherBytes };
}

/** Bytes of the files below a folder; 0 when it is not there. What goes away meanwhile does not count. */
export async function sizeOfFolder(
  folder: string,
  signal: AbortSignal,
  without: ReadonlySet<string> = new Set(),
): Promise<number> {
  signal.throwIfAborted();
  let total = 0;
  for (const entry of await fsp.readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (without.has(entry.name)) continue;
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) total += await sizeOfFolder(file, signal);
    else total += (await fsp.lstat(file).catch(() => null))?.size ?? 0;
  }
  return total;
}
