import { createHash, hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { staysInside } from './inside-folder.ts';
import { linksAsFiles } from './links-as-files.ts';

/** Folders that no one means by `**`; a pattern that names one gets it. */
const USUALLY_IGNORED = ['node_modules', '.git'];
const CHUNK_BYTES = 1 << 20;
/** A file that was written this recently may be written again without a visible change of its times. */
const SETTLED_AFTER_MS = 2_000;
const REMEMBERED_FILES = 200_000;

interface Remembered {
  readonly stamp: string;
  readonly digest: string;
}

/**
 * Makes a function that hashes the names and the content of the files below a folder that match globs; `!` globs exclude,
 * hidden files count, a link counts by what it says. Equal trees have equal hashes on every machine. '' when nothing matches.
 * Files that have not changed since the last call are not read again.
 * @throws the file system's errors
 */
export function createFileHasher(now: () => number): (folder: string, globs: readonly string[]) => string {
  const remembered = new Map<string, Remembered>();

  function digestOf(file: string): string | null {
    const stats = fs.lstatSync(file, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined) return null;
    if (stats.isSymbolicLink()) return hash('sha256', fs.readlinkSync(file).replaceAll(path.sep, '/'));
    if (!stats.isFile()) return null;
    const stamp = [stats.size, stats.mtimeNs, stats.ctimeNs, stats.ino].join(' ');
    const known = remembered.get(file);
    if (known?.stamp === stamp) return known.digest;
    const digest = hashContent(file);
    const changedAt = Math.max(Number(stats.mtimeMs), Number(stats.ctimeMs));
    if (now() - changedAt > SETTLED_AFTER_MS) {
      if (remembered.size >= REMEMBERED_FILES) remembered.clear();
      remembered.set(file, { stamp, digest });
    }
    return digest;
  }

  return (folder, globs) => {
    const all = createHash('sha256');
    let count = 0;
    for (const relative of matchingFiles(folder, globs)) {
      const digest = digestOf(path.join(folder, relative));
      if (digest === null) continue;
      count += 1;
      all.update(`${relative}\0${digest}\n`);
    }
    return count === 0 ? '' : all.digest('hex');
  };
}

/** Sorted, relative, with forward slashes. */
function matchingFiles(folder: string, globs: readonly string[]): string[] {
  const patterns = globs.filter((pattern) => staysInside(pattern.replace(/^!/, '')));
  if (!patterns.some((pattern) => !pattern.startsWith('!'))) return [];
  const named = new Set(patterns.filter((pattern) => !pattern.startsWith('!')).flatMap((p) => p.split('/')));
  const ignore = USUALLY_IGNORED.filter((name) => !named.has(name)).map((name) => `**/${name}/**`);
  return globSync(patterns, { cwd: folder, dot: true, ignore, fs: linksAsFiles }).toSorted();
}

function hashContent(file: string): string {
  const digest = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  const fd = fs.openSync(file, 'r');
  try {
    for (let read = fs.readSync(fd, buffer); read > 0; read = fs.readSync(fd, buffer)) {
      digest.update(buffer.subarray(0, read));
    }
  } finally {
    fs.closeSync(fd);
  }
  return digest.digest('hex');
}
