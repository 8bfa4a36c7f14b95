import { randomUUID } from 'node:crypto';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { pipeline as pipe, type TransformOptions } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';
import type { Blobs, StoredBlob } from './blobs.ts';
import { type CacheEntry, RESTORE_PREFIX } from './find-cache-entries.ts';
import { mergeFolder } from './merge-folder.ts';
import { packEntries } from './pack-entries.ts';
import { unpackArchive } from './unpack-archive.ts';

const CHUNK_BYTES = 1 << 18;
/** What waits for the compressor, so that it and reading overlap. */
const QUEUE_BYTES = 1 << 20;
/** The `zstd` command's own default. */
const LEVEL = 3;

/** Stores the entries as a zstd-compressed tar archive. @throws what `packEntries` throws; the signal's reason */
export async function storeArchive(
  blobs: Blobs,
  workspace: string,
  entries: readonly CacheEntry[],
  signal: AbortSignal,
): Promise<StoredBlob> {
  const root = await fsp.realpath(workspace);
  const options: zlib.ZstdOptions & TransformOptions = {
    chunkSize: CHUNK_BYTES,
    writableHighWaterMark: QUEUE_BYTES,
    params: { [zlib.constants.ZSTD_c_compressionLevel]: LEVEL, [zlib.constants.ZSTD_c_checksumFlag]: 1 },
  };
  const compress = zlib.createZstdCompress(options);
  // An error of the source destroys `compress` with it, which fails the writing.
  const compressed = pipe(packEntries(root, entries, signal), compress, () => undefined);
  return blobs.putChunks(compressed, signal);
}

/**
 * Puts an archive's files into a workspace. They are unpacked beside their place first and moved when the whole archive
 * has proved sound: a damaged one changes nothing.
 * @throws AppError `blob-corrupt`, `artifact-not-found`, `path-outside`; errors of zstd, tar and the file system
 */
export async function restoreArchive(
  blobs: Blobs,
  sha256: string,
  workspace: string,
  signal: AbortSignal,
): Promise<void> {
  const root = await fsp.realpath(workspace);
  await removeLeftovers(root);
  const staging = path.join(root, RESTORE_PREFIX + randomUUID());
  await fsp.mkdir(staging, { mode: 0o700 });
  try {
    const restricted = await pipeline(
      blobs.readChunks(sha256, signal),
      zlib.createZstdDecompress({ chunkSize: CHUNK_BYTES }),
      (source: AsyncIterable<Buffer>) => unpackArchive(source, staging),
      { signal },
    );
    await mergeFolder(staging, root);
    for (const folder of restricted.toReversed()) await fsp.chmod(path.join(root, folder.path), folder.mode);
  } finally {
    await fsp.rm(staging, { recursive: true, force: true });
  }
}

/** Longer than any restore takes. */
const LEFT_AFTER_MS = 6 * 3_600_000;

/** Restores of hosts that were killed leave their folder in a workspace, which may be the project itself. */
async function removeLeftovers(root: string): Promise<void> {
  for (const name of await fsp.readdir(root)) {
    if (!name.startsWith(RESTORE_PREFIX)) continue;
    const folder = path.join(root, name);
    const stats = await fsp.lstat(folder).catch(() => null);
    if (stats !== null && Date.now() - stats.mtimeMs > LEFT_AFTER_MS)
      await fsp.rm(folder, { recursive: true, force: true });
  }
}
