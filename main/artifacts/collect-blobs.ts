import type { Dirent } from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';
import { forEachLimited } from '#shared/lib/for-each-limited.ts';
import { blobFolders, type Blobs } from './blobs.ts';
import { readManifest } from './manifest.ts';
import { collectPacks } from './packs/collect-packs.ts';

/**
 * Younger content is left alone: whoever stored it may not have said yet that it is needed. Content that is stored again
 * becomes young again (see `createBlobs`).
 */
const COLLECTABLE_AFTER_MS = 3_600_000;
const OPEN_FILES = 16;
const MANIFEST_START = '{"files":[';

export interface CollectBlobsOptions {
  /** Hashes; for lists of an artifact's files, what they name is kept with them. */
  readonly referenced: ReadonlySet<string>;
  /** What was stored or used less than `COLLECTABLE_AFTER_MS` before, or after this time, stays. Epoch milliseconds. */
  readonly storedBefore: number;
  /** Only says what would be removed. */
  readonly dryRun: boolean;
}

/** How far it is, and what was removed so far; the last one says all of it. */
export interface CollectedBlobs {
  readonly done: number;
  readonly total: number;
  readonly count: number;
  readonly sizeBytes: number;
}

/**
 * Removes content that nothing refers to, and what a crash left half-written; other processes may store and read
 * meanwhile, but no other may collect. It may be left after each value.
 * @throws the file system's errors, before anything was removed when a list cannot be read
 */
export async function* collectBlobs(
  blobs: Blobs,
  dataDir: string,
  { referenced, storedBefore, dryRun }: CollectBlobsOptions,
): AsyncGenerator<CollectedBlobs> {
  const { root, packs, incoming } = blobFolders(dataDir);
  const kept = await withListedFiles(blobs, root, referenced);
  const before = storedBefore - COLLECTABLE_AFTER_MS;
  let count = 0;
  let sizeBytes = 0;

  async function consider(file: string): Promise<void> {
    const stats = await fsp.stat(file).catch(() => null);
    if (!stats?.isFile() || stats.mtimeMs >= before) return;
    if (!dryRun && !(await removeUnlessUsed(file, incoming, before))) return;
    count += 1;
    sizeBytes += stats.size;
  }

  if (!dryRun) await putBack(root, packs, incoming);
  const folders = await list(root);
  const total = folders.length + 2;
  for (const [done, folder] of folders.entries()) {
    const files = await list(path.join(root, folder.name));
    const loose = files.filter(({ name }) => !kept.has(folder.name + name));
    await forEachLimited(loose, OPEN_FILES, ({ name }) => consider(path.join(root, folder.name, name)));
    yield { done: done + 1, total, count, sizeBytes };
  }
  await forEachLimited(await list(incoming), OPEN_FILES, async ({ name }) => {
    const file = path.join(incoming, name);
    // A copy has the date of what it was copied from on some systems; that it changed just now shows in `ctime`.
    const changed = (await fsp.stat(file).catch(() => null))?.ctimeMs ?? Infinity;
    if (changed < before) await consider(file);
  });
  yield { done: total - 1, total, count, sizeBytes };
  const freed = await collectPacks({
    packs,
    incoming,
    kept,
    before,
    dryRun,
    removeUnlessUsed: (file) => removeUnlessUsed(file, incoming, before),
  });
  count += freed.count;
  sizeBytes += freed.sizeBytes;
  yield { done: total, total, count, sizeBytes };
}

const ASIDE = 'collected-';

/** What a collection that died had taken away to look at again. */
async function putBack(root: string, packs: string, incoming: string): Promise<void> {
  for (const { name } of await list(incoming)) {
    if (!name.startsWith(ASIDE)) continue;
    const nameBefore = name.slice(ASIDE.length);
    const file = nameBefore.endsWith('.pack')
      ? path.join(packs, nameBefore)
      : path.join(root, nameBefore.slice(0, 2), nameBefore.slice(2));
    if (await fsp.stat(file).catch(ifMissing)) continue;
    await fsp.rename(path.join(incoming, name), file);
  }
}

/**
 * Takes the file away under another name and looks again: someone who stored the same content meanwhile has either given it
 * a new date, then it goes back, or has not found it, then it was written anew.
 */
async function removeUnlessUsed(file: string, incoming: string, before: number): Promise<boolean> {
  await fsp.mkdir(incoming, { recursive: true, mode: 0o700 });
  const name = path.basename(file);
  const aside = path.join(
    incoming,
    ASIDE + (name.endsWith('.pack') ? '' : path.basename(path.dirname(file))) + name,
  );
  try {
    await fsp.rename(file, aside);
  } catch {
    // Another process collects it, or on Windows reads it: then the next collection comes by.
    return false;
  }
  const { mtimeMs } = await fsp.stat(aside);
  if (mtimeMs >= before) {
    await fsp.rename(aside, file);
    return false;
  }
  await fsp.rm(aside, { force: true });
  return true;
}

async function withListedFiles(
  blobs: Blobs,
  root: string,
  referenced: ReadonlySet<string>,
): Promise<Set<string>> {
  const kept = new Set(referenced);
  await forEachLimited(referenced, OPEN_FILES, async (sha256) => {
    if (!(await startsLikeManifest(path.join(root, sha256.slice(0, 2), sha256.slice(2))))) return;
    try {
      const { files } = await readManifest(blobs, sha256);
      for (const file of files) kept.add(file.sha256);
    } catch (error) {
      // Damaged, or no list after all: no one finds files through it.
      if (!(error instanceof AppError)) throw error;
    }
  });
  return kept;
}

/** Spares reading large content that is no list. */
async function startsLikeManifest(file: string): Promise<boolean> {
  const handle = await fsp.open(file).catch(ifMissing);
  if (handle === null) return false;
  try {
    const { buffer } = await handle.read(Buffer.alloc(MANIFEST_START.length), 0, MANIFEST_START.length, 0);
    return buffer.toString() === MANIFEST_START;
  } finally {
    await handle.close();
  }
}

async function list(folder: string): Promise<Dirent[]> {
  return (await fsp.readdir(folder, { withFileTypes: true }).catch(ifMissing)) ?? [];
}

function ifMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
