import type fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { isInside } from './inside-folder.ts';
import { realWorkspace } from './real-workspace.ts';

/** What globs found below a workspace; all paths are relative to it, with forward slashes. */
export interface Crawl {
  /** Files, and links to files inside the workspace; a link to a folder inside appears as that folder's files. */
  readonly files: readonly string[];
  /** Links that lead out of the workspace. */
  readonly outside: readonly string[];
  /** Links to nothing, and links to a folder that they lie in. */
  readonly unusable: readonly string[];
  /** Folders that could not be read. */
  readonly unreadable: readonly string[];
}

interface Folder {
  readonly real: string;
  /** The folder that it was reached from. */
  readonly parent: Folder | null;
}

type EntryType = 'file' | 'folder' | 'other';
type ReadFolder = (
  folder: string,
  options: unknown,
  done: (error: Error | null, entries: readonly GlobEntry[]) => void,
) => void;

/** What the glob library asks of an entry. A class, as there are tens of thousands of them. */
class GlobEntry {
  readonly name: string;
  readonly #type: EntryType;

  constructor(name: string, type: EntryType) {
    this.name = name.replace(/[\n\r\u2028\u2029]/g, (char) => STAND_INS.charAt(LINE_ENDS.indexOf(char)));
    this.#type = type;
  }

  isFile(): boolean {
    return this.#type === 'file';
  }

  isDirectory(): boolean {
    return this.#type === 'folder';
  }

  isSymbolicLink(): boolean {
    return false;
  }
}

/**
 * Finds files by globs without leaving the workspace and without running in circles.
 * The library would follow links anywhere, so it reads folders through us and is shown what links point to.
 */
export async function crawlWorkspace(
  workspace: string,
  patterns: readonly string[],
  signal: AbortSignal,
): Promise<Crawl> {
  const root = await realWorkspace(workspace);
  const folders = new Map<string, Folder>();
  const outside = new Set<string>();
  const unusable = new Set<string>();
  const unreadable = new Set<string>();
  const relativeOf = (file: string): string => path.relative(root, file).split(path.sep).join('/');

  async function typeOfLink(file: string, folder: Folder): Promise<EntryType> {
    const real = await fsp.realpath(file).catch(() => null);
    if (real === null) {
      unusable.add(relativeOf(file));
      return 'file';
    }
    const stats = await fsp.stat(real);
    if (!stats.isDirectory()) {
      if (!isInside(root, real)) outside.add(relativeOf(file));
      return stats.isFile() ? 'file' : 'other';
    }
    for (let above: Folder | null = folder; above !== null; above = above.parent) {
      if (!isInside(real, above.real) || !isInside(root, real)) continue;
      unusable.add(relativeOf(file));
      return 'file';
    }
    folders.set(file, { real, parent: folder });
    return 'folder';
  }

  async function read(folderPath: string): Promise<GlobEntry[]> {
    const file = withLineEnds(path.resolve(folderPath));
    const folder = folders.get(file) ?? { real: await fsp.realpath(file), parent: null };
    folders.set(file, folder);
    if (!isInside(root, folder.real)) {
      outside.add(relativeOf(file));
      return [];
    }
    const entries = await fsp.readdir(file, { withFileTypes: true });
    const shown: GlobEntry[] = [];
    for (const entry of entries) {
      if (entry.isFile()) {
        shown.push(new GlobEntry(entry.name, 'file'));
        continue;
      }
      const child = path.join(file, entry.name);
      if (entry.isDirectory()) {
        folders.set(child, { real: path.join(folder.real, entry.name), parent: folder });
        shown.push(new GlobEntry(entry.name, 'folder'));
      } else if (entry.isSymbolicLink()) {
        shown.push(new GlobEntry(entry.name, await typeOfLink(child, folder)));
      }
    }
    return shown;
  }

  const readFolder: ReadFolder = (folder, _options, done) => {
    read(folder).then(
      (entries) => done(null, entries),
      (error: unknown) => {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code !== 'ENOENT' && code !== 'ENOTDIR')
          unreadable.add(relativeOf(withLineEnds(path.resolve(folder))));
        done(null, []);
      },
    );
  };

  const found = await glob([...patterns], {
    cwd: root,
    signal,
    fs: { readdir: readFolder as typeof fs.readdir },
  });
  signal.throwIfAborted();
  const matched = new Set(found.map(withLineEnds));
  const refused = [...outside].filter((file) => matched.has(file) || folders.has(path.join(root, file)));
  return {
    files: [...matched].filter((file) => !outside.has(file) && !unusable.has(file)),
    outside: refused,
    unusable: [...unusable].filter((file) => matched.has(file)),
    unreadable: [...unreadable],
  };
}

/** A glob's `**` matches no line end, which file names may hold; meanwhile they are these, which are no characters. */
const LINE_ENDS = '\n\r\u2028\u2029';
const STAND_INS = '\ufdd0\ufdd1\ufdd2\ufdd3';

function withLineEnds(file: string): string {
  return file.replace(/[\ufdd0-\ufdd3]/g, (char) => LINE_ENDS.charAt(STAND_INS.indexOf(char)));
}
