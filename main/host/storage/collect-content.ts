import { collectBlobs } from '#main/artifacts/collect-blobs.ts';
import type { CollectProgress } from '#shared/api/storage-schemas.ts';
import { readActivity } from './activity.ts';
import { type Collecting, progress } from './collecting.ts';
import { readCacheLimit } from './retention-settings.ts';
import { removeUnpacked } from './run-folders.ts';

/**
 * Gives up artifacts whose own time is over, caches beyond their limit and results that nobody used for long; then removes
 * what nothing refers to any more.
 * @param maxAgeMs of results; null: they stay
 */
export async function* collectContent(
  work: Collecting,
  maxAgeMs: number | null,
): AsyncGenerator<CollectProgress> {
  const { host, now, found } = work;
  const { store, blobs, dataDir } = host;
  const { dryRun } = found;
  yield progress(work, 'content', 0, null);
  const runs = new Set(found.runs.map(({ id }) => id));
  const artifacts = store.artifactExpiry
    .due(now)
    .filter(({ runId }) => !runs.has(runId) && !store.retention.isDeployed(runId))
    .filter((artifact) => dryRun || store.artifactExpiry.expire(artifact, now));
  found.artifacts = [...artifacts];
  for (const runId of new Set(dryRun ? [] : artifacts.map((artifact) => artifact.runId))) {
    store.runSizes.forget(runId);
    await removeUnpacked(dataDir, runId);
  }
  const cacheLimit = readCacheLimit(store.settings);
  const caches = store.caches.beyond(cacheLimit);
  found.caches = {
    count: caches.length,
    sizeBytes: caches.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
  const resultsBefore = maxAgeMs === null ? 0 : now - maxAgeMs;
  if (!dryRun) {
    store.retention.forgetResults(resultsBefore);
    store.caches.evict(cacheLimit);
  }
  const referenced = store.referencedContent({
    runs,
    artifacts,
    caches: new Set(caches.map(({ id }) => id)),
    resultsBefore,
  });
  // What an attempt that is going on has stored is named in an event only when it has stored all of it.
  const storedBefore = Math.min(now, readActivity(host).since ?? now);
  const collected = collectBlobs(blobs, dataDir, { referenced, storedBefore, dryRun });
  for await (const { done, total, count, sizeBytes } of collected) {
    found.sizeBytes += sizeBytes - found.content.sizeBytes;
    found.content = { count, sizeBytes };
    yield progress(work, 'content', done, total);
  }
}
