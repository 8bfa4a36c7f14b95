import type { StoredRun } from '#main/store/retention.ts';
import type { Collection, CollectProgress } from '#shared/api/storage-schemas.ts';
import type { Host } from '../create-host.ts';

/** A collection that is going on; its steps share it. */
export interface Collecting {
  readonly host: Host;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly signal: AbortSignal;
  /** What was found so far, and removed unless its `dryRun` is set. */
  readonly found: Collection;
}

export interface MeasuredRun extends StoredRun {
  /** All of its folder. */
  readonly folderBytes: number;
  readonly workspaceBytes: number;
}

export function newCollection(dryRun: boolean): Collection {
  const nothing = { count: 0, sizeBytes: 0 };
  return {
    dryRun,
    runs: [],
    workspaces: nothing,
    artifacts: [],
    caches: nothing,
    content: nothing,
    sizeBytes: 0,
  };
}

/** What a step tells before it goes on. @throws the signal's reason */
export function progress(
  { signal, found }: Collecting,
  step: CollectProgress['step'],
  done: number,
  total: number | null,
): CollectProgress {
  signal.throwIfAborted();
  return { type: 'progress', step, done, total, sizeBytes: found.sizeBytes };
}
