import type { Stats } from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';

/**
 * Moves the content of one folder into another on the same file system. What is there already is replaced, folders are
 * merged; links are replaced, never followed. Usually that is one rename, since a folder that is not there moves as a whole.
 */
export async function mergeFolder(from: string, to: string): Promise<void> {
  for (const { name } of await fsp.readdir(from, { withFileTypes: true })) {
    await moveEntry(path.join(from, name), path.join(to, name));
  }
}

async function moveEntry(from: string, to: string): Promise<void> {
  const existing = await lstat(to);
  if (existing === null) {
    try {
      await fsp.rename(from, to);
      return;
    } catch (error) {
      // Another restore was faster; what it put there is merged with.
      if ((await lstat(to)) === null) throw error;
    }
  }
  const [source, target] = [await fsp.lstat(from), await lstat(to)];
  if (source.isDirectory() && target?.isDirectory()) {
    await mergeFolder(from, to);
    return;
  }
  if (source.isDirectory() || target?.isDirectory()) await fsp.rm(to, { recursive: true, force: true });
  await fsp.rename(from, to);
}

function lstat(file: string): Promise<Stats | null> {
  return fsp.lstat(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
}
