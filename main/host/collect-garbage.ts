import fsp from 'node:fs/promises';
import path from 'node:path';
import { collectBlobs } from '#main/artifacts/collect-blobs.ts';
import { readCacheLimit, type RetentionPolicy } from '#main/store/retention-policy.ts';
import { type RetentionReason, type RunToGo, selectRuns } from '#main/store/select-runs.ts';
import type { StoredRun } from '#main/store/retention.ts';
import { forEachLimited } from '#shared/lib/for-each-limited.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { Host } from './create-host.ts';

/** What a collection removed, or with `dryRun` would remove. */
export interface Collection {
  readonly dryRun: boolean;
  readonly runs: readonly {
    readonly id: RunId;
    readonly number: number;
    readonly name: string;
    readonly createdAt: string;
    readonly reason: RetentionReason;
    /** Of its folder; artifacts are counted in `content`. */
    readonly sizeBytes: number;
  }[];
  /** Content that nothing refers to any more: artifacts, caches, what a crash left. */
  readonly content: { readonly count: number; readonly sizeBytes: number };
  readonly sizeBytes: number;
}

export interface CollectOptions {
  readonly policy: RetentionPolicy;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Only says what would be removed. */
  readonly dryRun: boolean;
}

const DAY_MS = 86_400_000;
const OPEN_FOLDERS = 4;

/**
 * Removes the runs that the policy lets go, then what nothing refers to any more. Other hosts may use the data folder
 * meanwhile.
 */
export async function collectGarbage(
  host: Host,
  { policy, now, dryRun }: CollectOptions,
): Promise<Collection> {
  const { store, blobs, dataDir } = host;
  const folderBytes = new Map<RunId, number>();
  const stored = store.retention.runs();
  await forEachLimited(stored, OPEN_FOLDERS, async ({ runId }) => {
    folderBytes.set(runId, await sizeOfFolder(path.join(dataDir, 'runs', runId)));
  });
  const sizeOf = (runId: RunId): number => folderBytes.get(runId) ?? 0;
  const runs = stored.map((run) => ({ ...run, sizeBytes: run.sizeBytes + sizeOf(run.runId) }));
  const selected = selectRuns(runs, policy, now, (runId) => store.retention.isDeployed(runId));
  const gone = dryRun ? selected : await removeRuns(host, selected);
  if (!dryRun) {
    if (policy.maxAgeDays !== null) store.retention.forgetResults(now - policy.maxAgeDays * DAY_MS);
    store.caches.evict(readCacheLimit(store.settings));
  }
  const referenced = store.retention.referencedContent(new Set(gone.map(({ run }) => run.runId)));
  const content = await collectBlobs(blobs, dataDir, referenced, now, dryRun);
  return {
    dryRun,
    runs: gone.map(({ run, reason }) => ({
      id: run.runId,
      number: run.number,
      name: run.name,
      createdAt: new Date(run.createdAt).toISOString(),
      reason,
      sizeBytes: sizeOf(run.runId),
    })),
    content,
    sizeBytes: gone.reduce((sum, { run }) => sum + sizeOf(run.runId), content.sizeBytes),
  };
}

/** A run that was pinned or is active again meanwhile stays. */
async function removeRuns(
  host: Host,
  selected: readonly RunToGo<StoredRun>[],
): Promise<RunToGo<StoredRun>[]> {
  const gone: RunToGo<StoredRun>[] = [];
  for (const candidate of selected) {
    const { runId } = candidate.run;
    if (host.store.retention.isFree(runId) && (await host.removeRun(runId))) gone.push(candidate);
  }
  return gone;
}

async function sizeOfFolder(folder: string): Promise<number> {
  let total = 0;
  const entries = await fsp.readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) total += await sizeOfFolder(file);
    else total += (await fsp.lstat(file).catch(() => null))?.size ?? 0;
  }
  return total;
}
