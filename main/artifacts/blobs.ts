import { createHash, hash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';

/** Below this a file is read at once, which costs fewer calls than a stream. */
const SMALL_BYTES = 1 << 20;
const SHA256 = /^[0-9a-f]{64}$/;

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
  has(sha256: string): Promise<boolean>;
  /**
   * The first `maxBytes`, after the whole content was checked.
   * @throws AppError `blob-corrupt`, `artifact-not-found`
   */
  read(sha256: string, maxBytes?: number): Promise<{ readonly bytes: Buffer; readonly sizeBytes: number }>;
  /**
   * Writes a checked copy to `file`, which must not exist; leaves nothing when it fails.
   * @param mode permission bits
   * @throws AppError `blob-corrupt`, `artifact-not-found`
   */
  copyTo(sha256: string, file: string, mode: number, signal: AbortSignal): Promise<void>;
}

export function createBlobs(dataDir: string): Blobs {
  const root = path.join(dataDir, 'blobs', 'sha256');
  const incoming = path.join(dataDir, 'blobs', 'incoming');
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

  /** A blob of another size was cut short by a crash and is written again. */
  async function isStored({ sha256, sizeBytes }: StoredBlob): Promise<boolean> {
    const stats = await fsp.stat(fileOf(sha256)).catch(() => null);
    return stats?.size === sizeBytes;
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
        return hashFile(temporary, signal);
      });
    },
    putBytes,
    has: async (sha256) => (await fsp.stat(fileOf(sha256)).catch(() => null)) !== null,
    async read(sha256, maxBytes = Infinity) {
      const kept: Buffer[] = [];
      let keptBytes = 0;
      const stored = await orNotFound(sha256, () =>
        hashFile(fileOf(sha256), undefined, (chunk) => {
          if (keptBytes >= maxBytes) return;
          const piece = chunk.subarray(0, maxBytes - keptBytes);
          keptBytes += piece.length;
          kept.push(piece);
        }),
      );
      check(sha256, stored.sha256);
      return { bytes: Buffer.concat(kept), sizeBytes: stored.sizeBytes };
    },
    async copyTo(sha256, file, mode, signal) {
      const from = fileOf(sha256);
      const { size } = await orNotFound(sha256, () => fsp.stat(from));
      try {
        if (size <= SMALL_BYTES) {
          const bytes = await orNotFound(sha256, () => fsp.readFile(from));
          check(sha256, hash('sha256', bytes));
          await fsp.writeFile(file, bytes, { mode, flag: 'wx', signal });
        } else {
          await orNotFound(sha256, () => fsp.copyFile(from, file, fs.constants.COPYFILE_FICLONE));
          check(sha256, (await hashFile(file, signal)).sha256);
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

async function hashFile(
  file: string,
  signal?: AbortSignal,
  onChunk?: (chunk: Buffer) => void,
): Promise<StoredBlob> {
  const digest = createHash('sha256');
  let sizeBytes = 0;
  const stream = fs.createReadStream(file, { highWaterMark: 1 << 18, ...(signal ? { signal } : {}) });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    digest.update(chunk);
    sizeBytes += chunk.length;
    onChunk?.(chunk);
  }
  return { sha256: digest.digest('hex'), sizeBytes };
}

function check(expected: string, actual: string): void {
  if (expected === actual) return;
  throw new AppError('blob-corrupt', `The stored content ${expected} was damaged on disk.`, {
    hint: 'Run the stage again to store it anew.',
    details: { expected, actual },
  });
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
