import type { Dirent } from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { forEachLimited } from '#shared/lib/for-each-limited.ts';
import { git } from './git-command.ts';

/** What to copy of a folder: paths relative to it, in the platform's form. */
export interface Listing {
  /** Files and links. */
  readonly files: readonly string[];
  /** Folders that are copied even when empty. */
  readonly folders: readonly string[];
}

const OPEN_FOLDERS = 16;

/**
 * What Git would show of a working tree: tracked files as they are and new ones that are not ignored, also those of
 * submodules and of repositories inside of it, whose own `.git` is left out.
 * @param excluded a folder that is left out if it lies inside, as an absolute real path
 */
export async function listWorkingTree(
  topLevel: string,
  excluded: string,
  signal: AbortSignal,
): Promise<Listing> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const inside = path.relative(topLevel, excluded).split(path.sep).join('/');
  const isInside = inside !== '' && !inside.startsWith('..') && !path.isAbsolute(inside);
  if (isInside) args.push('--', '.', `:(exclude,literal)${inside}`);
  const output = await git(args, { cwd: topLevel, signal });
  const files = new Set<string>();
  const inner: string[] = [];
  for (const entry of new Set(output.split('\0'))) {
    if (entry === '') continue;
    const file = path.normalize(entry.replace(/\/$/, ''));
    // Git ends the name of a repository inside of it with a slash; of a submodule it has the name alone.
    if (entry.endsWith('/') || (await isFolder(path.join(topLevel, file)))) inner.push(file);
    else files.add(file);
  }
  for (const folder of inner) {
    signal.throwIfAborted();
    const isRepository = await fsp.lstat(path.join(topLevel, folder, '.git')).then(
      () => true,
      () => false,
    );
    if (!isRepository) continue;
    const listing = await listWorkingTree(path.join(topLevel, folder), excluded, signal);
    for (const file of listing.files) files.add(path.join(folder, file));
  }
  return { files: [...files], folders: [] };
}

/**
 * Everything below a folder but `excluded` (an absolute real path) and `.git` files, which bind a folder to a repository
 * elsewhere that a copy must not write to.
 */
export async function listFolder(root: string, excluded: string, signal: AbortSignal): Promise<Listing> {
  const files: string[] = [];
  const folders: string[] = [];
  let level = ['.'];
  while (level.length > 0) {
    const below: string[] = [];
    await forEachLimited(level, OPEN_FOLDERS, async (folder) => {
      signal.throwIfAborted();
      for (const entry of await entriesOf(path.join(root, folder))) {
        const file = path.join(folder, entry.name);
        if (path.join(root, file) === excluded) continue;
        if (entry.isDirectory()) below.push(file);
        else if (entry.name !== '.git' && (entry.isFile() || entry.isSymbolicLink())) files.push(file);
      }
    });
    folders.push(...below);
    level = below;
  }
  return { files, folders };
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await fsp.readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

async function isFolder(file: string): Promise<boolean> {
  const stats = await fsp.lstat(file).catch(() => null);
  return stats?.isDirectory() ?? false;
}
