import { type Dirent, existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AppError } from '#shared/lib/app-error.ts';

export interface FolderListing {
  readonly dir: string;
  /** Null at the root of a disk. */
  readonly parent: string | null;
  readonly entries: { name: string; dir: string; hasPipeline: boolean }[];
}

/** `~` is the home folder. @throws AppError `folder-not-found` when it is not absolute or not a folder */
export function absoluteFolder(dir: string): string {
  const expanded = dir === '~' || dir.startsWith('~/') ? path.join(os.homedir(), dir.slice(1)) : dir;
  if (path.isAbsolute(expanded) && isFolder(expanded)) return path.resolve(expanded);
  throw new AppError('folder-not-found', `There is no folder ${dir}.`, {
    hint: 'Write the whole path of a folder that exists.',
  });
}

/** The sub-folders of a folder by name, without hidden ones. @throws AppError `folder-not-found` */
export async function listFolder(wanted = os.homedir()): Promise<FolderListing> {
  const dir = absoluteFolder(wanted);
  const parent = path.dirname(dir);
  const all = await readdir(dir, { withFileTypes: true }).catch((error: unknown): Dirent[] => {
    throw new AppError('folder-not-found', `${dir} cannot be read.`, {
      hint: 'Choose another folder.',
      cause: error,
    });
  });
  const entries = all
    .filter(({ name }) => !name.startsWith('.'))
    .map((entry) => ({ entry, dir: path.join(dir, entry.name) }))
    .filter(({ entry, dir: child }) => entry.isDirectory() || (entry.isSymbolicLink() && isFolder(child)))
    .map(({ entry, dir: child }) => ({ name: entry.name, dir: child, hasPipeline: hasPipeline(child) }))
    .sort((a, b) => a.name.localeCompare(b.name));
  return { dir, parent: parent === dir ? null : parent, entries };
}

function hasPipeline(dir: string): boolean {
  return ['pipewright.yml', 'pipewright.yaml', '.pipewright'].some((name) =>
    existsSync(path.join(dir, name)),
  );
}

function isFolder(dir: string): boolean {
  return statSync(dir, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
