import { createHash, hash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#shared/lib/app-error.ts';

/** Below this a file is read at once, which costs fewer calls than a stream. */
const SMALL_BYTES = 1 << 20;
const SHA256 = /^[0-9a-f]{64}$/;
const CHUNK_BYTES = 1 << 18;
/** A blob that is used again after this time is marked as new; must stay well below `COLLECTABLE_AFTER_MS`. */
const TOUCH_AFTER_MS = 10 * 60_000;

/** The date of content that was found to be damaged: who stores the same content writes it anew. */
const DAMAGED_MS = 0;

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
  /** Stores what is written one after the other; nothing is kept when `chunks` fails or the signal aborts. */
  putChunks(chunks: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<StoredBlob>;
  /**
   * The content from its beginning. It is checked only when the last chunk was read: until then it may be damaged.
   * @throws AppError `blob-corrupt` at the end, `artifact-not-found`
   */
  readChunks(sha256: string, signal: AbortSignal): AsyncIterable<Buffer>;
  has(sha256: string): Promise<boolean>;
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

export function createBlobs(dataDir: string): Blobs {
  const { root, incoming } = blobFolders(dataDir);
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
    return stats?.size === sizeBytes && markUsed(file, stats.mtimeMs);
  }

  async function check(expected: string, actual: string): Promise<void> {
    if (expected === actual) return;
    // Where nothing can be written, nothing is stored anew either.
    await fsp.utimes(fileOf(expected), DAMAGED_MS, DAMAGED_MS).catch(() => undefined);
    throw new AppError('blob-corrupt', `The stored content ${expected} was damaged on disk.`, {
      hint: 'Run the stage again to store it anew.',
      details: { expected, actual },
    });
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
      const handle = await orNotFound(sha256, () => fsp.open(fileOf(sha256)));
      const digest = createHash('sha256');
      const stream = handle.createReadStream({ highWaterMark: CHUNK_BYTES, signal });
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        digest.update(chunk);
        yield chunk;
      }
      await check(sha256, digest.digest('hex'));
    },
    remove: (sha256) => fsp.rm(fileOf(sha256), { force: true }),
    hasSync: (sha256) => fs.existsSync(fileOf(sha256)),
    claimSync(sha256) {
      const file = fileOf(sha256);
      const stats = fs.statSync(file, { throwIfNoEntry: false });
      if (stats === undefined || stats.mtimeMs === DAMAGED_MS) return false;
      const now = Date.now();
      if (now - stats.mtimeMs < TOUCH_AFTER_MS) return true;
      try {
        fs.utimesSync(file, now / 1_000, now / 1_000);
        return true;
      } catch {
        // It was collected in between.
        return false;
      }
    },
    has: async (sha256) => (await fsp.stat(fileOf(sha256)).catch(() => null)) !== null,
    async read(sha256, maxBytes = Infinity) {
      const file = fileOf(sha256);
      const { size } = await orNotFound(sha256, () => fsp.stat(file));
      if (size <= SMALL_BYTES) {
        const bytes = await orNotFound(sha256, () => fsp.readFile(file));
        await check(sha256, hash('sha256', bytes));
        return { bytes: bytes.subarray(0, maxBytes), sizeBytes: bytes.byteLength };
      }
      const kept: Buffer[] = [];
      let keptBytes = 0;
      const stored = await orNotFound(sha256, () =>
        hashFile(file, undefined, (chunk) => {
          if (keptBytes >= maxBytes) return;
          const piece = chunk.subarray(0, maxBytes - keptBytes);
          keptBytes += piece.length;
          kept.push(piece);
        }),
      );
      await check(sha256, stored.sha256);
      return { bytes: Buffer.concat(kept), sizeBytes: stored.sizeBytes };
    },
    async copyTo(sha256, file, mode, signal) {
      const from = fileOf(sha256);
      const { size, mtimeMs } = await orNotFound(sha256, () => fsp.stat(from));
      await markUsed(from, mtimeMs);
      try {
        if (size <= SMALL_BYTES) {
          const bytes = await orNotFound(sha256, () => fsp.readFile(from));
          await check(sha256, hash('sha256', bytes));
          await fsp.writeFile(file, bytes, { mode, flag: 'wx', signal });
        } else {
          await orNotFound(sha256, () => fsp.copyFile(from, file, fs.constants.COPYFILE_FICLONE));
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

/** @returns false when it could not be marked, as when it is gone, or was found to be damaged */
async function markUsed(file: string, mtimeMs: number): Promise<boolean> {
  if (mtimeMs === DAMAGED_MS) return false;
  const now = Date.now();
  if (now - mtimeMs < TOUCH_AFTER_MS) return true;
  return fsp.utimes(file, now / 1_000, now / 1_000).then(
    () => true,
    () => false,
  );
}

/** Where blobs lie, and where they are written before they have a name. */
export function blobFolders(dataDir: string): { readonly root: string; readonly incoming: string } {
  const folder = path.join(dataDir, 'blobs');
  return { root: path.join(folder, 'sha256'), incoming: path.join(folder, 'incoming') };
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

async function orNotFound<T>(sha256: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new AppError('artifact-not-found', `The stored content ${sha256} is gone.`, {
      hint: 'Run the stage again to store it anew.',
      cause: error,
    });
  }
}
