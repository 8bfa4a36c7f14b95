import { existsSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';

/** A manifest is small; a file of its name that is not is none. */
const MAX_BYTES = 1024 * 1024;

/** Looks at one folder; whatever cannot be read counts as not there. */
export interface FolderReader {
  has(name: string): boolean;
  /** The first of the names that is there. */
  firstOf(...names: readonly string[]): string | null;
  text(name: string): Promise<string | null>;
  /** The names in the folder, or in one below it. */
  names(below?: string): Promise<readonly string[]>;
}

export function createFolderReader(dir: string): FolderReader {
  const has = (name: string): boolean => existsSync(path.join(dir, name));
  return {
    has,
    firstOf: (...names) => names.find(has) ?? null,
    text: (name) => readSmallFile(path.join(dir, name)).catch(() => null),
    names: (below = '.') => readdir(path.join(dir, below)).catch(() => []),
  };
}

async function readSmallFile(file: string): Promise<string | null> {
  if (!existsSync(file)) return null;
  const handle = await open(file, 'r');
  try {
    const stats = await handle.stat();
    return stats.isFile() && stats.size <= MAX_BYTES ? await handle.readFile('utf8') : null;
  } finally {
    await handle.close();
  }
}
