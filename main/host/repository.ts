import type { Blobs } from '#main/artifacts/blobs.ts';
import { readManifest } from '#main/artifacts/manifest.ts';
import type { Repository } from '#main/engine/repository-ports.ts';
import { createRepository } from '#main/repository/create-repository.ts';
import type { Store } from '#main/store/open-store.ts';
import { systemClock } from './system-clock.ts';

/** The local repository over the content of a data folder. */
export function createHostRepository(
  store: Pick<Store, 'repository' | 'retention'>,
  blobs: Blobs,
): Repository {
  return createRepository({
    store: store.repository,
    readFiles: async (sha256) => (await readManifest(blobs, sha256)).files,
    isRunDeployed: (runId) => store.retention.isDeployed(runId),
    now: () => systemClock.now(),
  });
}
