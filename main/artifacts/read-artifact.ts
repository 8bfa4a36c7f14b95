import { AppError } from '#shared/lib/app-error.ts';
import { forEachLimited } from '#shared/lib/for-each-limited.ts';
import type { ArtifactSummary } from '#shared/run/events.ts';
import type { Blobs } from './blobs.ts';
import { readManifest } from './manifest.ts';

/**
 * One file's bytes, cut after `maxBytes`; the whole file was checked against its hash before.
 * @param sha256 the artifact's
 * @throws AppError `artifact-not-found`, `blob-corrupt`
 */
export async function readArtifactFile(
  blobs: Blobs,
  sha256: string,
  path: string,
  maxBytes?: number,
): Promise<{ readonly bytes: Buffer; readonly sizeBytes: number }> {
  const { files } = await readManifest(blobs, sha256);
  const file = files.find((candidate) => candidate.path === path);
  if (!file) {
    throw new AppError('artifact-not-found', `The artifact has no file ${path}.`, {
      hint: 'See `pipewright artifacts list`.',
    });
  }
  return blobs.read(file.sha256, maxBytes);
}

/** A part of an artifact that can no longer be read. */
export interface DamagedFile {
  /** Null: the list of files itself. */
  readonly path: string | null;
  readonly error: AppError;
}

const OPEN_FILES = 16;

/** Reads all of an artifact, content that several of its files have once; an empty list says that it is whole. */
export async function verifyArtifact(blobs: Blobs, artifact: ArtifactSummary): Promise<DamagedFile[]> {
  const damaged: DamagedFile[] = [];
  const note = (paths: readonly (string | null)[]) => (error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    for (const path of paths) damaged.push({ path, error });
    return null;
  };
  const manifest = await readManifest(blobs, artifact.sha256).catch(note([null]));
  const contents = Map.groupBy(manifest?.files ?? [], ({ sha256 }) => sha256);
  await forEachLimited([...contents], OPEN_FILES, async ([sha256, files]) => {
    await blobs.read(sha256, 0).catch(note(files.map(({ path }) => path)));
  });
  return damaged.toSorted((a, b) => ((a.path ?? '') < (b.path ?? '') ? -1 : 1));
}
