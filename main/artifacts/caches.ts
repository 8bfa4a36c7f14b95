import type { Caches } from '#main/engine/ports.ts';
import type { Issue, IssueSeverity } from '#shared/lib/issue.ts';
import { reasonOf } from '#shared/lib/system-error.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { PlannedCache } from '#shared/pipeline/plan.ts';
import type { Blobs, StoredBlob } from './blobs.ts';
import { restoreArchive, storeArchive } from './cache-archive.ts';
import { findCacheEntries } from './find-cache-entries.ts';

/** What is known of a saved cache. */
interface SavedCache {
  readonly id: number;
  readonly key: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Which caches there are; kept by the store. `paths` is part of a cache's identity. */
interface Index {
  has(scope: string, paths: string, key: string): boolean;
  find(scope: string, paths: string, key: string, prefixes: readonly string[]): SavedCache | null;
  add(scope: string, paths: string, key: string, blob: StoredBlob): boolean;
  remove(id: number): void;
  evict(maxBytes: number): string[];
}

export interface CachesOptions {
  readonly blobs: Blobs;
  readonly index: Index;
  /** For all caches together; asked for at each save. */
  readonly maxBytes: () => number;
}

/** zstd-compressed tar archives in the blob store. Nothing but an abort rejects: a cache only saves time. */
export function createCaches({ blobs, index, maxBytes }: CachesOptions): Caches {
  return {
    async restore(scope, cache, workspace, signal) {
      const issues: Issue[] = [];
      const paths = identityOf(cache);
      for (;;) {
        const saved = index.find(scope, paths, cache.key, cache.restoreKeys);
        if (saved === null) return { hit: null, issues };
        const { key: matchedKey, sizeBytes } = saved;
        try {
          await restoreArchive(blobs, saved.sha256, workspace, signal);
          return { hit: { key: cache.key, matchedKey, exact: matchedKey === cache.key, sizeBytes }, issues };
        } catch (error) {
          signal.throwIfAborted();
          if (isAboutWorkspace(error)) {
            const message = `Cache ${matchedKey} could not be restored: ${reasonOf(error)}.`;
            return { hit: null, issues: [...issues, issueOf('cache-failed', 'warning', cache, message)] };
          }
          // Gone from the index, the next find has another one or none.
          index.remove(saved.id);
          const message = `Cache ${matchedKey} was damaged and is dropped: ${reasonOf(error)}.`;
          issues.push(issueOf('cache-damaged', 'warning', cache, message));
        }
      }
    },

    async save(scope, cache, workspace, signal) {
      const nothing = { saved: false, sizeBytes: 0 };
      const paths = identityOf(cache);
      if (index.has(scope, paths, cache.key)) return { ...nothing, issues: [] };
      const issues: Issue[] = [];
      const warn = (code: string, message: string): void => {
        issues.push(issueOf(code, 'warning', cache, message));
      };
      try {
        const { entries, issues: found } = await findCacheEntries(workspace, cache.paths, signal);
        issues.push(...found);
        if (found.some(({ severity }) => severity === 'error')) return { ...nothing, issues };
        if (entries.length === 0) {
          warn('cache-empty', `Cache ${cache.key}: there is nothing at ${cache.paths.join(', ')}.`);
          return { ...nothing, issues };
        }
        const blob = await storeArchive(blobs, workspace, entries, signal);
        const limit = maxBytes();
        if (blob.sizeBytes > limit) {
          await blobs.remove(blob.sha256);
          const sizes = `${formatSize(blob.sizeBytes)} of ${formatSize(limit)}`;
          warn('cache-too-large', `Cache ${cache.key} is larger than all caches may be: ${sizes}.`);
          return { ...nothing, issues };
        }
        const saved = index.add(scope, paths, cache.key, blob);
        for (const sha256 of index.evict(limit)) await blobs.remove(sha256);
        return { saved, sizeBytes: blob.sizeBytes, issues };
      } catch (error) {
        signal.throwIfAborted();
        warn('cache-failed', `Cache ${cache.key} could not be saved: ${reasonOf(error)}.`);
        return { ...nothing, issues };
      }
    },
  };
}

function issueOf(code: string, severity: IssueSeverity, cache: PlannedCache, message: string): Issue {
  return { code, severity, path: cache.paths[0] ?? '.', line: null, column: null, message, hint: null };
}

/** The same paths in another order are the same cache. */
function identityOf({ paths }: PlannedCache): string {
  return JSON.stringify([...new Set(paths)].toSorted());
}

/** What an archive that contradicts itself makes the file system say: a name twice, a file used as a folder. */
const ARCHIVE_ERRORS = new Set(['EEXIST', 'ENOTDIR', 'EINVAL']);

/** Whether the archive is not to blame: no space, no right to write. */
function isAboutWorkspace(error: unknown): boolean {
  return (
    error instanceof Error && 'syscall' in error && 'code' in error && !ARCHIVE_ERRORS.has(String(error.code))
  );
}
