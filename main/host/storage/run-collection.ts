import {
  type Collection,
  type CollectProgress,
  type LastCollection,
  lastCollectionSchema,
} from '#shared/api/storage-schemas.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { Store } from '#main/store/open-store.ts';
import type { Host } from '../create-host.ts';
import { isOwnerAlive } from '../owner.ts';
import { collectGarbage, type CollectOptions } from './collect-garbage.ts';
import { newCollection } from './collecting.ts';

const LAST_KEY = 'retention.last';

/** What a collection would remove now. @throws the signal's reason */
export async function previewCollection(host: Host, options: CollectOptions): Promise<Collection> {
  const found = newCollection(true);
  await finish(collectGarbage(host, options, found));
  return found;
}

/** Takes every step, whoever wants to see them. */
export async function finish<Result>(steps: AsyncGenerator<unknown, Result>): Promise<Result> {
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}

export interface RunCollectionOptions extends CollectOptions {
  /** A host does it by itself. */
  readonly automatic: boolean;
}

/**
 * Collects, as the only one in the data folder, and notes what came of it, also when it was stopped.
 * @throws AppError `busy` while another process collects; the signal's reason
 */
export async function* runCollection(
  host: Host,
  { automatic, ...options }: RunCollectionOptions,
): AsyncGenerator<CollectProgress, Collection> {
  const release = host.store.runHolds.startCollecting(host.owner, isOwnerAlive);
  if (release === null) {
    throw new AppError('busy', 'Another collection is going on in this data folder.', {
      hint: 'Wait until it has ended.',
    });
  }
  const found = newCollection(false);
  let complete = false;
  try {
    yield* collectGarbage(host, options, found);
    complete = true;
    return found;
  } finally {
    const last: LastCollection = {
      at: new Date(options.now).toISOString(),
      automatic,
      complete,
      runs: found.runs.length,
      artifacts: found.artifacts.length,
      workspaces: found.workspaces.count,
      sizeBytes: found.sizeBytes,
    };
    host.store.settings.set(LAST_KEY, last);
    release();
  }
}

/** Null: there was none. */
export function readLastCollection({ settings }: Pick<Store, 'settings'>): LastCollection | null {
  return lastCollectionSchema.safeParse(settings.get(LAST_KEY)).data ?? null;
}
