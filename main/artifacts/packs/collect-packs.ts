import { hash } from 'node:crypto';
import type { Stats } from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { DAMAGED_MS } from '../mark-used.ts';
import { type PackEntry, type PackIndex, readPackIndex } from './pack-index.ts';
import { createPackWriter } from './pack-writer.ts';

/** A pack of which less than this part is needed is written anew. */
const MIN_NEEDED = 0.5;
/** Packs with less content than this are put together when there are `MANY` of them. */
const SMALL_BYTES = 1 << 26;
const MANY = 16;

export interface CollectPacksOptions {
  readonly packs: string;
  readonly incoming: string;
  /** Hashes. */
  readonly kept: ReadonlySet<string>;
  /** What was stored or used at this time or later stays. Epoch milliseconds. */
  readonly before: number;
  readonly dryRun: boolean;
  /** Takes a file away unless it was used meanwhile. */
  readonly removeUnlessUsed: (file: string) => Promise<boolean>;
}

interface OldPack {
  readonly file: string;
  readonly isDamaged: boolean;
  readonly count: number;
  /** What is needed and in no pack that stays. */
  readonly needed: readonly PackEntry[];
  readonly unneededBytes: number;
}

/**
 * Removes packs that hold nothing that is needed, and writes anew what is needed of those that hold little of it. Readers
 * find it in the new pack before the old one goes.
 * @returns what was removed
 * @throws the file system's errors
 */
export async function collectPacks(
  options: CollectPacksOptions,
): Promise<{ readonly count: number; readonly sizeBytes: number }> {
  const old = await findOld(options);
  const small = old.filter(({ needed }) => needed.length > 0 && sizeOf(needed) < SMALL_BYTES);
  const merged = new Set(small.length >= MANY ? small : []);
  const going = old.filter((pack) => merged.has(pack) || isWasteful(pack));
  const freed = { count: 0, sizeBytes: 0 };
  if (!options.dryRun) await writeAnew(options, going);
  for (const { file, count, needed, unneededBytes } of going) {
    if (!options.dryRun && !(await options.removeUnlessUsed(file))) continue;
    freed.count += count - needed.length;
    freed.sizeBytes += unneededBytes;
  }
  return freed;
}

function isWasteful({ isDamaged, needed, count }: OldPack): boolean {
  return isDamaged || needed.length === 0 || needed.length < count * MIN_NEEDED;
}

async function findOld({ packs, kept, before }: CollectPacksOptions): Promise<OldPack[]> {
  const files: { readonly file: string; readonly index: PackIndex | null; readonly stats: Stats }[] = [];
  for (const name of await fsp.readdir(packs).catch(ifMissing)) {
    const file = path.join(packs, name);
    files.push({ file, index: readPackIndex(file), stats: await fsp.stat(file) });
  }
  const staying = files.flatMap(({ index, stats }) => (index && stats.mtimeMs >= before ? [index] : []));
  return files.flatMap(({ file, index, stats }) => {
    if (stats.mtimeMs >= before) return [];
    const needed = [...(index?.entries() ?? [])].filter(
      ({ sha256 }) => kept.has(sha256) && !staying.some((other) => other.find(sha256) !== null),
    );
    return {
      file,
      // Nothing is found through a damaged index.
      isDamaged: index === null || stats.mtimeMs === DAMAGED_MS,
      count: index?.count ?? 0,
      needed,
      unneededBytes: stats.size - sizeOf(needed),
    };
  });
}

async function writeAnew({ packs, incoming }: CollectPacksOptions, old: readonly OldPack[]): Promise<void> {
  const writer = createPackWriter(incoming, packs);
  try {
    for (const { file, needed } of old) {
      const handle = await fsp.open(file);
      try {
        for (const { sha256, offset, sizeBytes } of needed) {
          const bytes = Buffer.allocUnsafe(sizeBytes);
          await handle.read(bytes, 0, sizeBytes, offset);
          if (hash('sha256', bytes) === sha256) writer.addBytes(bytes);
          await writer.rest();
        }
      } finally {
        await handle.close();
      }
    }
    await writer.finish();
  } finally {
    await writer.discard();
  }
}

function sizeOf(entries: readonly PackEntry[]): number {
  return entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

function ifMissing(error: unknown): [] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
