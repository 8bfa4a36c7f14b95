import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import type { Store } from '#main/store/open-store.ts';
import type { RunId } from '#shared/lib/ids.ts';
import { sizeOfFolder, WORKSPACE_FOLDERS } from './measure-runs.ts';

const REMOVED = 'removed-';
const FOLDER_NAME = new RegExp(`^(?:[a-z0-9]{16}|${REMOVED}.*)$`);

/** What cannot be removed now, such as a file that is open on Windows, is left to the next collection. */
export async function removeFolder(folder: string): Promise<void> {
  await fsp.rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

/** Removes the folder of a run whose rows are gone. */
export function removeRunFolder(dataDir: string, runId: RunId): Promise<void> {
  return removeFolder(path.join(dataDir, 'runs', runId));
}

/** Removes the copies of a run's artifacts that someone unpacked to look at. */
export function removeUnpacked(dataDir: string, runId: RunId): Promise<void> {
  return removeFolder(path.join(dataDir, 'runs', runId, 'artifacts'));
}

/** Whether the files that a run worked on are there still. */
export function hasWorkspace(dataDir: string, runId: RunId): boolean {
  return ['workspace', 'repo'].some((name) => existsSync(path.join(dataDir, 'runs', runId, name)));
}

/**
 * Removes the workspaces of a run. Each gets another name first, so that nobody takes half a workspace for a whole one,
 * whatever happens in between.
 */
export async function removeWorkspaces(dataDir: string, runId: RunId): Promise<void> {
  for (const name of WORKSPACE_FOLDERS) {
    const aside = path.join(dataDir, 'runs', `${REMOVED}${runId}-${randomUUID()}`);
    const isAside = await fsp.rename(path.join(dataDir, 'runs', runId, name), aside).then(
      () => true,
      () => false,
    );
    if (isAside) await removeFolder(aside);
  }
}

/**
 * Folders that a removal left behind when it was interrupted: of runs that are not known, since a run's rows come before
 * its folder and go before it.
 */
export async function* leftoverFolders(
  { store, dataDir }: { readonly store: Pick<Store, 'retention'>; readonly dataDir: string },
  signal: AbortSignal,
): AsyncGenerator<{ readonly folder: string; readonly sizeBytes: number }> {
  const root = path.join(dataDir, 'runs');
  const names = await fsp.readdir(root).catch(() => []);
  const known = new Set<string>(store.retention.runs().map(({ runId }) => runId));
  for (const name of names) {
    if (known.has(name) || !FOLDER_NAME.test(name)) continue;
    const folder = path.join(root, name);
    yield { folder, sizeBytes: await sizeOfFolder(folder, signal) };
  }
}
