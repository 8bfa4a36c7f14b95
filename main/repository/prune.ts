import type { PrunePolicy, PruneResult, PublishedVersion } from '#main/engine/repository-ports.ts';
import type { RepositoryOptions } from './repository-store.ts';
import { orderVersions } from './order-versions.ts';

/** Removes versions of one package that a policy lets go, but none that something refers to. Contract: `Repository.prune`. */
export function prunePackage(
  { store, isRunDeployed, now }: RepositoryOptions,
  name: string,
  { keep, maxAgeMs }: PrunePolicy,
  dryRun: boolean,
): PruneResult {
  if (keep === null && maxAgeMs === null) return { removed: [], kept: [] };
  const removed: PublishedVersion[] = [];
  const kept: PruneResult['kept'][number][] = [];
  const pointers = store.channels.list(name);
  const oldest = now() - (maxAgeMs ?? 0);

  for (const [index, version] of orderVersions(store.versions.list(name)).entries()) {
    const isBeyond = keep === null || index >= keep;
    const isOld = maxAgeMs === null || Date.parse(version.publishedAt) < oldest;
    if (!isBeyond || !isOld) continue;
    const because = whyKept(version);
    if (because !== null) kept.push({ version, because });
    else if (dryRun || store.versions.remove(name, version.version)) removed.push(version);
  }
  return { removed, kept };

  function whyKept({ version, sha256, origin }: PublishedVersion): string | null {
    const pointer = pointers.find((one) => one.version === version);
    if (pointer) return `the channel ${pointer.channel} points to it`;
    if (store.versions.isDeployed(sha256)) return 'it was deployed';
    if (origin !== null && isRunDeployed(origin.runId)) return 'its run deployed it';
    return null;
  }
}
