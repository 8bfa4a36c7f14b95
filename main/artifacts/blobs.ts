import { createHash, hash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#shared/lib/app-error.ts';
import { forEachLimited } from '#shared/lib/for-each-limited.ts';
import { DAMAGED_MS, markUsed, markUsedSync } from './mark-used.ts';
import { createPacks } from './packs/open-packs.ts';
import { createPackWriter, PACKED_BYTES } from './packs/pack-writer.ts';

/** Below this a file is read at once, which costs fewer calls than a stream. */
const SMALL_BYTES = 1 << 20;
const SHA256 = /^[0-9a-f]{64}$/;
const CHUNK_BYTES = 1 << 18;
const OPEN_FILES = 32;
/** Who asked a folder of blobs so often is given a list of it, which spares a call for each that follows. */
const LIST_AFTER = 3;
/** A pipe in a workspace would wait for its writer. Windows has none. */
const OPEN_FLAGS = fs.constants.O_RDONLY | ((fs.constants.O_NONBLOCK as number | undefined) ?? 0);

export interface StoredBlob {
  readonly sha256: string;
  readonly sizeBytes: number;
}

/**
 * Content by its hash: equal content is stored once. Any number of calls, runs and processes may use it at once:
 * a blob appears whole or not at all, and never changes.
 */
export interface Blobs {
  /** Stores what the file holds; its later changes do not matter. Follows links. @throws the file system's errors */
  putFile(file: string, signal: AbortSignal): Promise<StoredBlob>;
  putBytes(bytes: Uint8Array): Promise<StoredBlob>;
  /** Stores small files by the thousand. */
  startBatch(): BlobBatch;
  /** Stores what is written one after the other; nothing is kept when `chunks` fails or the signal aborts. */
  putChunks(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<StoredBlob>;
  /**
   * The content from its beginning. It is checked only when the last chunk was read: until then it may be damaged.
   * @throws AppError `blob-corrupt` at the end, `artifact-not-found`
   */
  readChunks(sha256: string, signal: AbortSignal): AsyncIterable<Buffer>;
  hasSync(sha256: string): boolean;
  /** Whether it is there; if so, it is marked as used, so that no collection takes it before something refers to it. */
  claimSync(sha256: string): boolean;
  /** For what nothing refers to; who reads it at the time may fail. Idempotent. */
  remove(sha256: string): Promise<void>;
  /**
   * The first `maxBytes`, after the whole content was checked.
   * @throws AppError `blob-corrupt`, `artifact-not-found`
   */
  read(sha256: string, maxBytes?: number): Promise<{ readonly bytes: Buffer; readonly sizeBytes: number }>;
  /**
   * Writes a checked copy to `file`, which must not exist; leaves nothing when it fails. Marks the content as used.
   * @param mode permission bits
   * @throws AppError `blob-corrupt`, `artifact-not-found`
   */
  copyTo(sha256: string, file: string, mode: number, signal: AbortSignal): Promise<void>;
}

/** Many small files, which are there when `finish` has ended. Reads in the caller's thread: let others have their turn. */
export interface BlobBatch {
  /**
   * Follows links. Null for a file that is too large, or is none: give that to `putFile`.
   * @throws the file system's errors
   */
  putFile(file: string): StoredFile | null;
  /** Null: go on. Else wait, as much is not yet written. @throws the file system's errors */
  rest(): Promise<void> | null;
  /** @throws the file system's errors */
  finish(): Promise<void>;
  /** Leaves nothing of what was not finished. Idempotent. */
  discard(): Promise<void>;
}

export interface StoredFile extends StoredBlob {
  /** What the file system says of the file's type and permissions. */
  readonly mode: number;
}

export function createBlobs(dataDir: string): Blobs {
  const folders = blobFolders(dataDir);
  const { root, incoming } = folders;
  const packs = createPacks(folders.packs);
  const madeFolders = new Set<string>();

  const fileOf = (sha256: string): string => {
    if (!SHA256.test(sha256))
      throw new AppError('artifact-not-found', `${JSON.stringify(sha256)} is no SHA-256.`);
    return path.join(root, sha256.slice(0, 2), sha256.slice(2));
  };

  async function madeFolder(folder: string): Promise<void> {
    if (madeFolders.has(folder)) return;
    await fsp.mkdir(folder, { recursive: true, mode: 0o700 });
    madeFolders.add(folder);
  }

  /**
   * A blob of another size was cut short by a crash and is written again. One that nothing refers to may be collected at
   * this moment: what is used again gets a new date first, and when it is gone by then, it is written again as well.
   */
  async function isStored({ sha256, sizeBytes }: StoredBlob): Promise<boolean> {
    const file = fileOf(sha256);
    const stats = await fsp.stat(file).catch(() => null);
    if (stats === null) return packs.has(sha256) && packs.claim(sha256);
    return stats.size === sizeBytes && markUsed(file, stats.mtimeMs);
  }

  /** As `isStored`, for many: what others store meanwhile may not be seen. */
  function storedChecker(): (blob: StoredBlob) => boolean {
    const asked = new Map<string, number>();
    const names = new Map<string, Set<string>>();
    packs.refresh();
    return ({ sha256, sizeBytes }) => {
      const folder = sha256.slice(0, 2);
      const there = names.get(folder);
      if (there === undefined) {
        const times = (asked.get(folder) ?? 0) + 1;
        asked.set(folder, times);
        if (times === LIST_AFTER) names.set(folder, new Set(listSync(path.join(root, folder))));
      } else if (there.size === 0 || !there.has(sha256.slice(2))) return packs.claim(sha256);
      const file = fileOf(sha256);
      const stats = fs.statSync(file, { throwIfNoEntry: false });
      if (!stats) return packs.claim(sha256);
      return stats.size === sizeBytes && markUsedSync(file, stats.mtimeMs);
    };
  }

  async function check(expected: string, actual: string): Promise<void> {
    if (expected === actual) return;
    // Where nothing can be written, nothing is stored anew either.
    await fsp.utimes(fileOf(expected), DAMAGED_MS, DAMAGED_MS).catch(() => undefined);
    throw damaged(expected, actual);
  }

  /** What a pack holds. @throws AppError `blob-corrupt`, `artifact-not-found` */
  async function readPacked(sha256: string): Promise<Buffer> {
    const bytes = await packs.read(sha256, (actual) => {
      throw damaged(sha256, actual);
    });
    if (bytes === null) throw notFound(sha256);
    return bytes;
  }

  /** Null when only a pack can hold it, or holds a better copy. @throws the file system's errors */
  async function statsOf(sha256: string): Promise<fs.Stats | null> {
    const stats = await ifThere(fsp.stat(fileOf(sha256)));
    return stats?.mtimeMs === DAMAGED_MS && packs.has(sha256) ? null : stats;
  }

  async function readSmall(sha256: string, isFile: boolean): Promise<Buffer> {
    const bytes = isFile ? await ifThere(fsp.readFile(fileOf(sha256))) : null;
    if (bytes === null) return readPacked(sha256);
    await check(sha256, hash('sha256', bytes));
    return bytes;
  }

  /** Keeps what `fill` writes into a new file under the hash that it answers with. */
  async function put(fill: (file: string) => Promise<StoredBlob>): Promise<StoredBlob> {
    await madeFolder(incoming);
    const temporary = path.join(incoming, randomUUID());
    try {
      const blob = await fill(temporary);
      const target = fileOf(blob.sha256);
      await madeFolder(path.dirname(target));
      await fsp.rename(temporary, target).catch(async (error: unknown) => {
        // Windows refuses to replace a file that someone reads; then it is there already.
        if (!(await isStored(blob))) throw error;
      });
      return blob;
    } finally {
      await fsp.rm(temporary, { force: true });
    }
  }

  async function putBytes(bytes: Uint8Array): Promise<StoredBlob> {
    const blob = { sha256: hash('sha256', bytes), sizeBytes: bytes.byteLength };
    if (await isStored(blob)) return blob;
    return put(async (file) => {
      await fsp.writeFile(file, bytes, { mode: 0o600 });
      return blob;
    });
  }

  return {
    async putFile(file, signal) {
      const { size } = await fsp.stat(file);
      if (size <= SMALL_BYTES) return putBytes(await fsp.readFile(file, { signal }));
      return put(async (temporary) => {
        await fsp.copyFile(file, temporary, fs.constants.COPYFILE_FICLONE);
        await fsp.chmod(temporary, 0o600);
        // Windows and macOS copy the date as well: old content would be collected before anything refers to it.
        const now = Date.now() / 1_000;
        await fsp.utimes(temporary, now, now);
        return hashFile(temporary, signal);
      });
    },
    putBytes,
    startBatch() {
      const writer = createPackWriter(incoming, folders.packs);
      const isStoredSync = storedChecker();
      return {
        putFile(file) {
          const fd = fs.openSync(file, OPEN_FLAGS);
          try {
            const stats = fs.fstatSync(fd);
            if (!stats.isFile() || stats.size > PACKED_BYTES) return null;
            return { ...writer.addFile(fd, stats.size, isStoredSync), mode: stats.mode };
          } finally {
            fs.closeSync(fd);
          }
        },
        rest: () => writer.rest(),
        async finish() {
          await forEachLimited(writer.takeFew(), OPEN_FILES, async (bytes) => {
            await putBytes(bytes);
          });
          await writer.finish();
        },
        discard: () => writer.discard(),
      };
    },
    putChunks: (chunks, signal) =>
      put(async (temporary) => {
        const digest = createHash('sha256');
        let sizeBytes = 0;
        const hashed = async function* (source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
          for await (const chunk of source) {
            digest.update(chunk);
            sizeBytes += chunk.byteLength;
            yield chunk;
          }
        };
        await pipeline(chunks, hashed, fs.createWriteStream(temporary, { mode: 0o600 }), { signal });
        return { sha256: digest.digest('hex'), sizeBytes };
      }),
    async *readChunks(sha256, signal) {
      const handle = await ifThere(fsp.open(fileOf(sha256)));
      if (handle === null) {
        yield await readPacked(sha256);
        return;
      }
      const digest = createHash('sha256');
      const stream = handle.createReadStream({ highWaterMark: CHUNK_BYTES, signal });
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        digest.update(chunk);
        yield chunk;
      }
      await check(sha256, digest.digest('hex'));
    },
    remove: (sha256) => fsp.rm(fileOf(sha256), { force: true }),
    hasSync: (sha256) => fs.existsSync(fileOf(sha256)) || packs.has(sha256),
    claimSync(sha256) {
      const file = fileOf(sha256);
      const stats = fs.statSync(file, { throwIfNoEntry: false });
      return stats ? markUsedSync(file, stats.mtimeMs) : packs.has(sha256) && packs.claim(sha256);
    },
    async read(sha256, maxBytes = Infinity) {
      const file = fileOf(sha256);
      const stats = await statsOf(sha256);
      if (stats === null || stats.size <= SMALL_BYTES) {
        const bytes = await readSmall(sha256, stats !== null);
        return { bytes: bytes.subarray(0, maxBytes), sizeBytes: bytes.byteLength };
      }
      const kept: Buffer[] = [];
      let keptBytes = 0;
      const stored = await ifThere(
        hashFile(file, undefined, (chunk) => {
          if (keptBytes >= maxBytes) return;
          const piece = chunk.subarray(0, maxBytes - keptBytes);
          keptBytes += piece.length;
          kept.push(piece);
        }),
      );
      if (stored === null) throw notFound(sha256);
      await check(sha256, stored.sha256);
      return { bytes: Buffer.concat(kept), sizeBytes: stored.sizeBytes };
    },
    async copyTo(sha256, file, mode, signal) {
      const from = fileOf(sha256);
      const stats = await statsOf(sha256);
      if (stats) await markUsed(from, stats.mtimeMs);
      else packs.claim(sha256);
      try {
        if (stats === null || stats.size <= SMALL_BYTES) {
          const bytes = await readSmall(sha256, stats !== null);
          await fsp.writeFile(file, bytes, { mode, flag: 'wx', signal });
        } else {
          const copied = fsp.copyFile(from, file, fs.constants.COPYFILE_FICLONE).then(() => true);
          if (!(await ifThere(copied))) throw notFound(sha256);
          await check(sha256, (await hashFile(file, signal)).sha256);
        }
        // The mode of an open call is cut by the process' umask.
        await fsp.chmod(file, mode);
      } catch (error) {
        await fsp.rm(file, { force: true });
        throw error;
      }
    },
  };
}

export interface BlobFolders {
  /** A file for each blob, below the first two digits of its hash. */
  readonly root: string;
  /** Small blobs that were stored by the thousand; see `createPacks`. */
  readonly packs: string;
  /** Where they are written before they have a name. */
  readonly incoming: string;
}

export function blobFolders(dataDir: string): BlobFolders {
  const folder = path.join(dataDir, 'blobs');
  return {
    root: path.join(folder, 'sha256'),
    packs: path.join(folder, 'packs'),
    incoming: path.join(folder, 'incoming'),
  };
}

async function hashFile(
  file: string,
  signal?: AbortSignal,
  onChunk?: (chunk: Buffer) => void,
): Promise<StoredBlob> {
  const digest = createHash('sha256');
  let sizeBytes = 0;
  const stream = fs.createReadStream(file, { highWaterMark: CHUNK_BYTES, ...(signal ? { signal } : {}) });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    digest.update(chunk);
    sizeBytes += chunk.length;
    onChunk?.(chunk);
  }
  return { sha256: digest.digest('hex'), sizeBytes };
}

function damaged(expected: string, actual: string): AppError {
  return new AppError('blob-corrupt', `The stored content ${expected} was damaged on disk.`, {
    hint: 'Run the stage again to store it anew.',
    details: { expected, actual },
  });
}

function notFound(sha256: string): AppError {
  return new AppError('artifact-not-found', `The stored content ${sha256} is gone.`, {
    hint: 'Run the stage again to store it anew.',
  });
}

function listSync(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}

/** Null when the file is gone. */
async function ifThere<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
