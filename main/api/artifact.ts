import path from 'node:path';
import { placeArtifact } from '#main/artifacts/place.ts';
import { readArtifactFile } from '#main/artifacts/read-artifact.ts';
import type { Host } from '#main/host/create-host.ts';
import { artifactExpired } from '#main/host/runs/artifact-expired.ts';
import { listArtifacts } from '#main/host/runs/list-artifacts.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { ArtifactSummary } from '#shared/run/events.ts';
import { os } from './implementer.ts';

export function artifactProcedures(host: Host) {
  const { store, blobs, dataDir } = host;
  const find = (runId: RunId, name: string): ArtifactSummary => {
    const found = store.runs.artifactsOf(runId).findLast(({ artifact }) => artifact.name === name);
    if (found?.isExpired) throw artifactExpired(found);
    if (found) return found.artifact;
    throw new AppError('artifact-not-found', `The run has no artifact ${name}.`);
  };
  return {
    list: os.artifact.list.handler(({ input }) => {
      store.runs.get(input.runId);
      return listArtifacts(host, input.runId);
    }),
    read: os.artifact.read.handler(async ({ input }) => {
      const { sha256 } = find(input.runId, input.name);
      const { bytes, sizeBytes } = await readArtifactFile(blobs, sha256, input.path, input.maxBytes);
      return { bytes: new Blob([new Uint8Array(bytes)]), sizeBytes };
    }),
    extract: os.artifact.extract.handler(async ({ input, signal }) => {
      const artifact = find(input.runId, input.name);
      // The name may be one that no folder can have; the hash tells artifacts of the same name apart.
      const folder = `${artifact.name.replaceAll(/[^\w.-]+/g, '_').replace(/^\.+/, '_')}-${artifact.sha256.slice(0, 8)}`;
      const dir = path.join(dataDir, 'runs', input.runId, 'artifacts', folder);
      store.runSizes.forget(input.runId);
      await placeArtifact(blobs, artifact, dir, signal ?? new AbortController().signal);
      return { dir };
    }),
  };
}
