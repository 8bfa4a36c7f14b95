import { randomUUID } from 'node:crypto';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import { forEachLimited } from '#shared/lib/for-each-limited.ts';
import { reasonOf } from '#shared/lib/system-error.ts';
import type { ArtifactSummary } from '#shared/run/events.ts';
import type { Blobs } from './blobs.ts';
import { isInside, staysInside } from './inside-folder.ts';
import { type ManifestFile, readManifest } from './manifest.ts';

const OPEN_FILES = 32;

/**
 * Writes an artifact's files below a folder, replacing files of the same names; each appears whole or not at all.
 * Neither a path in the manifest nor a link in the folder leads a write outside of it.
 * @param folder is made if it is not there
 * @param onPlaced called with how many are there after each
 * @throws AppError `path-outside`, `blob-corrupt`, `artifact-not-found`, `artifact-failed`; the signal's reason
 */
export async function placeArtifact(
  blobs: Blobs,
  artifact: ArtifactSummary,
  folder: string,
  signal: AbortSignal,
  onPlaced?: (done: number, total: number) => void,
): Promise<void> {
  signal.throwIfAborted();
  const { files } = await readManifest(blobs, artifact.sha256);
  for (const file of files) if (!staysInside(file.path)) throw leavesFolder(artifact, file.path);
  try {
    await fsp.mkdir(folder, { recursive: true });
    const makeFolder = folderMaker(await fsp.realpath(folder));
    let done = 0;
    await forEachLimited(files, OPEN_FILES, async (file) => {
      signal.throwIfAborted();
      const parent = await makeFolder(path.posix.dirname(path.posix.normalize(file.path)));
      if (parent === null) throw leavesFolder(artifact, file.path);
      await placeFile(blobs, file, parent, signal);
      done += 1;
      onPlaced?.(done, files.length);
    });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError) throw error;
    throw new AppError(
      'artifact-failed',
      `Artifact ${artifact.name} could not be written to ${folder}: ${reasonOf(error)}.`,
      {
        cause: error,
      },
    );
  }
}

/** The rename replaces a link of that name instead of writing through it. */
async function placeFile(
  blobs: Blobs,
  file: ManifestFile,
  parent: string,
  signal: AbortSignal,
): Promise<void> {
  const temporary = path.join(parent, `.pipewright-${randomUUID()}`);
  await blobs.copyTo(file.sha256, temporary, file.mode, signal);
  try {
    await fsp.rename(temporary, path.join(parent, path.posix.basename(file.path)));
  } catch (error) {
    await fsp.rm(temporary, { force: true });
    throw error;
  }
}

/**
 * Makes folders level by level, so that a link on the way is seen before anything is made behind it.
 * Answers with the real path, or null when that is outside of `root`.
 */
function folderMaker(root: string): (relative: string) => Promise<string | null> {
  const made = new Map<string, Promise<string | null>>([['.', Promise.resolve(root)]]);

  async function makeOne(relative: string): Promise<string | null> {
    const parent = await make(path.posix.dirname(relative));
    if (parent === null) return null;
    const folder = path.join(parent, path.posix.basename(relative));
    await fsp.mkdir(folder).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
    const real = await fsp.realpath(folder);
    return isInside(root, real) ? real : null;
  }

  function make(relative: string): Promise<string | null> {
    const known = made.get(relative) ?? makeOne(relative);
    made.set(relative, known);
    return known;
  }
  return make;
}

function leavesFolder(artifact: ArtifactSummary, file: string): AppError {
  return new AppError(
    'path-outside',
    `Artifact ${artifact.name} would write ${JSON.stringify(file)} outside of its folder.`,
    {
      hint: 'Remove the link that leads there, or do not trust this artifact.',
    },
  );
}
