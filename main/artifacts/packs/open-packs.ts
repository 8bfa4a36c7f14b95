import { hash } from 'node:crypto';
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { DAMAGED_MS, markUsedSync } from '../mark-used.ts';
import { type PackEntry, type PackIndex, readPackIndex } from './pack-index.ts';

/** A folder whose date is this young when it is read may be changed again without that showing in its date. */
const RACY_MS = 2_000;

/**
 * Small contents that were stored by the thousand, many in a file. Any number of processes may use it at once: a pack
 * appears whole or not at all, and never changes; a collection writes anew what it keeps of one before it takes it away.
 */
export interface Packs {
  has(sha256: string): boolean;
  /** Whether it is there; if so, it is marked as used. Sees what was stored before the last `refresh`. */
  claim(sha256: string): boolean;
  /** Looks for what was stored and collected since. @returns whether there may be others than before */
  refresh(): boolean;
  /**
   * The checked content. Null when no pack holds it.
   * @throws the file system's errors; what `onDamaged` throws when each copy of it was damaged
   */
  read(sha256: string, onDamaged: (actual: string) => never): Promise<Buffer | null>;
}

export function createPacks(folder: string): Packs {
  const known = new Map<string, PackIndex>();
  let listed = { dateMs: NaN, isRacy: true };

  function refresh(): boolean {
    const dateMs = fs.statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
    if (dateMs === undefined) {
      known.clear();
      listed = { dateMs: 0, isRacy: true };
      return false;
    }
    if (dateMs === listed.dateMs && !listed.isRacy) return false;
    listed = { dateMs, isRacy: Date.now() - dateMs < RACY_MS };
    const names = new Set(fs.readdirSync(folder));
    for (const name of known.keys()) if (!names.has(name)) known.delete(name);
    for (const name of names) {
      if (known.has(name)) continue;
      const index = ifThere(() => readPackIndex(path.join(folder, name)));
      if (index) known.set(name, index);
    }
    return true;
  }

  function* findKnown(sha256: string): Iterable<PackEntry & { readonly file: string }> {
    for (const [name, index] of known) {
      const entry = index.find(sha256);
      if (entry) yield { ...entry, file: path.join(folder, name) };
    }
  }

  /** The first sound one; else the hash of what was read last, or null where there was none. */
  async function readKnown(sha256: string): Promise<Buffer | string | null> {
    let damaged: string | null = null;
    for (const { file, offset, sizeBytes } of findKnown(sha256)) {
      const bytes = await readSlice(file, offset, sizeBytes);
      if (bytes === null) continue;
      const actual = hash('sha256', bytes);
      if (actual === sha256) return bytes;
      damaged = actual;
      // Where nothing can be written, nothing is stored anew either.
      await fsp.utimes(file, DAMAGED_MS, DAMAGED_MS).catch(() => undefined);
    }
    return damaged;
  }

  return {
    has(sha256) {
      refresh();
      return !findKnown(sha256)[Symbol.iterator]().next().done;
    },
    claim(sha256) {
      for (const { file } of findKnown(sha256)) {
        const stats = fs.statSync(file, { throwIfNoEntry: false });
        if (stats && markUsedSync(file, stats.mtimeMs)) return true;
      }
      return false;
    },
    refresh,
    async read(sha256, onDamaged) {
      const first = await readKnown(sha256);
      if (first instanceof Buffer) return first;
      // A collection has written it anew, or another process has stored it.
      const found = refresh() ? await readKnown(sha256) : first;
      return typeof found === 'string' ? onDamaged(found) : found;
    },
  };
}

/** Null when the file is gone, or ends before. */
async function readSlice(file: string, offset: number, sizeBytes: number): Promise<Buffer | null> {
  const handle = await fsp.open(file).catch(ifMissing);
  if (handle === null) return null;
  try {
    const bytes = Buffer.allocUnsafe(sizeBytes);
    const { bytesRead } = await handle.read(bytes, 0, sizeBytes, offset);
    return bytesRead === sizeBytes ? bytes : null;
  } finally {
    await handle.close();
  }
}

function ifThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    return ifMissing(error);
  }
}

function ifMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}
