import path from 'node:path';
import type { FileStates } from './list-files.ts';

/** What is different in a folder. */
export interface Changes {
  /** Files and folders that are new or other than they were. */
  readonly changed: ReadonlySet<string>;
  /** What is not there any more; what was in a folder stands before the folder. */
  readonly removed: readonly string[];
}

export function changedFiles(before: FileStates, after: FileStates): Changes {
  const changed = new Set<string>();
  for (const [name, { stamp }] of after) if (before.get(name)?.stamp !== stamp) changed.add(name);
  const removed = [...before.keys()].filter((name) => !after.has(name));
  return { changed, removed: removed.sort((one, other) => depthOf(other) - depthOf(one)) };
}

const depthOf = (name: string): number => name.split('/').length;

/**
 * What to ask for, so that all that changed is in it: no more than `most` paths, '' for the whole folder. What is in a new
 * folder comes with it.
 * @param isNew whether a folder was not there before: all of it is wanted
 */
export function rootsOf(
  changed: ReadonlySet<string>,
  isNew: (folder: string) => boolean,
  most: number,
): readonly string[] {
  let roots = new Set<string>();
  for (const name of changed) {
    let root = name;
    for (let above = parentOf(name); above !== ''; above = parentOf(above)) if (isNew(above)) root = above;
    roots.add(root);
  }
  while (roots.size > most) {
    const deepest = Math.max(...[...roots].map(depthOf));
    roots = new Set([...roots].map((root) => (depthOf(root) === deepest ? parentOf(root) : root)));
  }
  return [...roots].filter((root) => root === '' || !isBelowOther(root, roots));
}

function isBelowOther(name: string, roots: ReadonlySet<string>): boolean {
  if (roots.has('')) return true;
  for (let above = parentOf(name); above !== ''; above = parentOf(above)) if (roots.has(above)) return true;
  return false;
}

function parentOf(name: string): string {
  const parent = path.posix.dirname(name);
  return parent === '.' ? '' : parent;
}
