import type { Blobs } from '#main/artifacts/blobs.ts';
import { readManifest } from '#main/artifacts/manifest.ts';
import type { Store } from '#main/store/open-store.ts';
import type { Artifact } from '#shared/api/schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';

/** A run's artifacts with their files, in the order in which they were stored. @throws AppError `blob-corrupt`, `artifact-not-found` */
export async function listArtifacts(
  { store, blobs }: { readonly store: Pick<Store, 'runs'>; readonly blobs: Blobs },
  runId: RunId,
): Promise<Artifact[]> {
  const artifacts: Artifact[] = [];
  for (const { stage, artifact, expiresAt, isExpired } of store.runs.artifactsOf(runId)) {
    const { files } = isExpired ? { files: [] } : await readManifest(blobs, artifact.sha256);
    artifacts.push({
      name: artifact.name,
      stage,
      sizeBytes: artifact.sizeBytes,
      sha256: artifact.sha256,
      files: files.map(({ path, sizeBytes, sha256 }) => ({ path, sizeBytes, sha256 })),
      expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
      expired: isExpired,
    });
  }
  return artifacts;
}
