import { createReadStream, type Stats } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';

/** Who owns the files there. */
export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
}

export interface PackedFolder {
  /** A tar archive of all that is below the folder, and the folder itself as `.`; read once. */
  readonly archive: Readable;
  /** Size and time of what was packed so far, by path: what `stampOf` makes of it. */
  readonly stamps: ReadonlyMap<string, string>;
  /** Files whose names are not UTF-8, which an archive for the daemon cannot name. */
  readonly leftOut: readonly string[];
}

const SMALL_BYTES = 1024 * 1024;
const NO_NAME = '\uFFFD';

/**
 * Packs files, folders and links with their times to the second; devices and sockets stay. What is gone by the time it is
 * read is passed by. Destroys the archive with the error when something cannot be read or `signal` aborts.
 */
export function packFolder(root: string, owner: FileOwner, signal: AbortSignal): PackedFolder {
  const stamps = new Map<string, string>();
  const leftOut: string[] = [];
  const archive = pack();
  const visit = async (folder: string): Promise<void> => {
    for (const { name } of await readdir(path.join(root, folder), { withFileTypes: true })) {
      signal.throwIfAborted();
      const file = folder === '' ? name : `${folder}/${name}`;
      if (name.includes(NO_NAME)) {
        leftOut.push(file);
        continue;
      }
      const stats = await unlessGone(lstat(path.join(root, file)));
      if (stats === null || !(await add(archive, root, { file, stats, owner }))) continue;
      stamps.set(file, stampOf(typeOf(stats), stats.size, stats.mtime));
      if (stats.isDirectory()) await visit(file);
    }
  };
  void (async () => {
    try {
      await entry(archive, { name: './', type: 'directory', mode: 0o755, ...owner });
      await visit('');
      archive.finalize();
    } catch (error) {
      archive.destroy(error as Error);
    }
  })();
  return { archive: Readable.from(archive as AsyncIterable<Buffer>, { objectMode: false }), stamps, leftOut };
}

/** Equal for a file that nobody has touched, as far as an archive tells. */
export const stampOf = (type: string, size: number, changedAt: Date): string =>
  type === 'directory'
    ? type
    : `${type} ${type === 'file' ? size : 0} ${Math.floor(changedAt.getTime() / 1_000)}`;

const typeOf = (stats: Stats): string =>
  stats.isDirectory() ? 'directory' : stats.isSymbolicLink() ? 'symlink' : 'file';

interface Packed {
  readonly file: string;
  readonly stats: Stats;
  readonly owner: FileOwner;
}

/** @returns false for what is not packed */
async function add(archive: Pack, root: string, { file, stats, owner }: Packed): Promise<boolean> {
  const source = path.join(root, file);
  // Windows does not know which files are programs.
  const mode = process.platform === 'win32' ? 0o755 : stats.mode & 0o7777;
  const header = { name: file, mode, mtime: stats.mtime, ...owner };
  if (stats.isDirectory()) await entry(archive, { ...header, name: `${file}/`, type: 'directory' });
  else if (stats.isSymbolicLink()) {
    const target = await unlessGone(readlink(source));
    if (target === null) return false;
    await entry(archive, { ...header, type: 'symlink', linkname: target.replaceAll(path.sep, '/') });
  } else if (!stats.isFile()) return false;
  else if (stats.size > SMALL_BYTES)
    await pipeline(
      createReadStream(source, { end: stats.size - 1 }),
      archive.entry({ ...header, size: stats.size }) as unknown as NodeJS.WritableStream,
    );
  else {
    const content = await unlessGone(readFile(source));
    if (content === null) return false;
    await entry(archive, header, content);
  }
  return true;
}

function entry(
  archive: Pack,
  header: Parameters<Pack['entry']>[0],
  content: Buffer = Buffer.alloc(0),
): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry(header, content, (error) => (error ? reject(error) : resolve()));
  });
}

async function unlessGone<Value>(work: Promise<Value>): Promise<Value | null> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
