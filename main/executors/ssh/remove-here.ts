import { lstat, realpath, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * Removes files and then the folders that have become empty; what another stage has put into one stays, and so does what a
 * link leads to outside of the folder.
 * @param names see `Listing`
 */
export async function removeHere(local: string, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const root = (await realpath(local, { encoding: 'buffer' })).toString('latin1');
  // A folder stands before what is in it in the order of names, so from the last to the first.
  for (const name of [...names].sort().reverse()) {
    const slash = name.lastIndexOf('/');
    const parent = await realParent(slash < 0 ? root : `${root}/${name.slice(0, slash)}`);
    if (parent === null || (parent !== root && !parent.startsWith(root + path.sep))) continue;
    const file = Buffer.from(`${parent}/${name.slice(slash + 1)}`, 'latin1');
    const found = await lstat(file).catch(() => null);
    if (found === null) continue;
    if (found.isDirectory()) await rmdir(file).catch(ignoreFull);
    else await rm(file, { force: true });
  }
}

async function realParent(folder: string): Promise<string | null> {
  try {
    return (await realpath(Buffer.from(folder, 'latin1'), { encoding: 'buffer' })).toString('latin1');
  } catch {
    // It is gone here as well.
    return null;
  }
}

function ignoreFull(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
}
