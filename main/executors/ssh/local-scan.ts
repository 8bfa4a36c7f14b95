import type { BigIntStats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import type { Listing } from './listing.ts';

/** What a folder of this machine holds: the value differs when a file was touched. Only files, folders and links are told. */
export async function scanFolder(folder: string, signal: AbortSignal): Promise<Listing> {
  const found = new Map<string, string>();
  const root = Buffer.from(`${folder}/`).toString('latin1');

  async function scan(prefix: string): Promise<void> {
    signal.throwIfAborted();
    const names = await readdir(Buffer.from(root + prefix, 'latin1'), { encoding: 'buffer' });
    for (const each of names) {
      const name = prefix + each.toString('latin1');
      const stats = await lookAt(Buffer.from(root + name, 'latin1'));
      if (stats === null) continue;
      found.set(name, stateOf(stats));
      if (stats.isDirectory()) await scan(`${name}/`);
    }
  }
  await scan('');
  return found;
}

async function lookAt(file: Buffer): Promise<BigIntStats | null> {
  try {
    const stats = await lstat(file, { bigint: true });
    return stats.isFile() || stats.isDirectory() || stats.isSymbolicLink() ? stats : null;
  } catch {
    // It has gone since its folder was read.
    return null;
  }
}

const FOLDER = 'd';

/** A folder's own times change with what is in it, and that is told by itself. */
function stateOf(stats: BigIntStats): string {
  if (stats.isDirectory()) return `${FOLDER} ${stats.mode}`;
  return `${stats.mode} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs} ${stats.ino}`;
}

export const isFolder = (state: string | undefined): boolean => state?.startsWith(`${FOLDER} `) ?? false;
