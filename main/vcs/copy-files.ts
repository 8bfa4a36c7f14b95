import { constants } from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { forEachLimited } from '#shared/lib/for-each-limited.ts';
import type { Listing } from './list-files.ts';

const OPEN_FILES = 32;

/**
 * Copies files into a folder that holds none of them yet. Links stay links, modes stay, content is shared where the file
 * system can; what is gone meanwhile, or is neither file nor link, is passed by.
 * Nothing is read or written through a link: a file below a folder that became a link is passed by too.
 */
export async function copyFiles(
  from: string,
  to: string,
  listing: Listing,
  signal: AbortSignal,
): Promise<void> {
  const folders = new Map<string, boolean>([['.', true]]);
  await fsp.mkdir(to, { recursive: true });

  async function makeFolder(folder: string): Promise<boolean> {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const made = (await makeFolder(path.dirname(folder))) && (await copyFolder(folder));
    folders.set(folder, made);
    return made;
  }

  async function copyFolder(folder: string): Promise<boolean> {
    const stats = await fsp.lstat(path.join(from, folder)).catch(ignoreGone);
    if (!stats?.isDirectory()) return false;
    await fsp.mkdir(path.join(to, folder), { mode: (stats.mode & 0o777) | 0o700 });
    return true;
  }

  const wanted = new Set(listing.folders);
  for (const file of listing.files) wanted.add(path.dirname(file));
  for (const folder of wanted) {
    signal.throwIfAborted();
    await makeFolder(folder);
  }
  await forEachLimited(listing.files, OPEN_FILES, async (file) => {
    signal.throwIfAborted();
    if (folders.get(path.dirname(file))) await copyFile(path.join(from, file), path.join(to, file));
  });
}

async function copyFile(from: string, to: string): Promise<void> {
  const stats = await fsp.lstat(from).catch(ignoreGone);
  if (stats?.isSymbolicLink()) {
    await fsp.symlink(await fsp.readlink(from), to);
  } else if (stats?.isFile()) {
    await fsp.copyFile(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL).catch(ignoreGone);
  }
}

function ignoreGone(error: unknown): null {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
    return null;
  throw error;
}
