import fs from 'node:fs';
import path from 'node:path';
import { extract, type Extract, type Header } from 'tar-stream';
import { AppError } from '#shared/lib/app-error.ts';
import { staysInside } from './inside-folder.ts';
import { safeLinkTarget } from './safe-link-target.ts';

/** A folder whose owner may not work in it; its mode is set when all is in its place. */
export interface RestrictedFolder {
  /** Relative to the archive's root, with forward slashes. */
  readonly path: string;
  readonly mode: number;
}

/** A file that is being written. */
interface OpenFile {
  write(bytes: Buffer): void;
  /** Sets mode and time. */
  finish(): void;
  close(): void;
}

const FOLDER_MODE = 0o755;

/**
 * Writes the content of a tar archive into an empty folder. Whatever the archive says, nothing is written outside of it:
 * names that climb, links that lead out, files behind links, doubled names and devices are refused.
 *
 * Writes are synchronous, as in `packEntries`; others get their turn between the chunks.
 * @throws AppError `path-outside`; the errors of `chunks`, of the file system and of a broken archive
 */
export async function unpackArchive(
  chunks: AsyncIterable<Buffer>,
  folder: string,
): Promise<readonly RestrictedFolder[]> {
  const tree = createTree(folder);
  const archive = extract();
  let open: OpenFile | null = null;
  const { promise: ended, resolve, reject } = Promise.withResolvers<null>();
  archive.on('error', reject);
  archive.on('close', () => resolve(null));
  archive.on('entry', (header, content, next) => {
    const guarded = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        next(error instanceof Error ? error : new Error(String(error)));
      }
    };
    // What fails an entry fails the archive.
    content.on('error', () => undefined);
    guarded(() => {
      open = tree.add(header);
      content.on('data', (bytes) => guarded(() => open?.write(bytes as Buffer)));
      content.on('end', () =>
        guarded(() => {
          open?.finish();
          open = null;
          next();
        }),
      );
    });
  });
  try {
    await writeAll(chunks, archive, ended);
  } finally {
    archive.destroy();
    (open as OpenFile | null)?.close();
  }
  return tree.restricted;
}

/** @param ended settles when the archive takes no more */
async function writeAll(
  chunks: AsyncIterable<Buffer>,
  archive: Extract,
  ended: Promise<null>,
): Promise<void> {
  // Whoever waits for it first gets the error.
  ended.catch(() => undefined);
  for await (const chunk of chunks) {
    if (archive.destroyed) break;
    if (archive.write(chunk)) continue;
    const drained = Promise.withResolvers<null>();
    archive.once('drain', () => drained.resolve(null));
    await Promise.race([drained.promise, ended]);
  }
  archive.end(null);
  await ended;
}

/** Only folders that it made itself are written to. */
function createTree(root: string): {
  readonly restricted: readonly RestrictedFolder[];
  add(header: Header): OpenFile | null;
} {
  const restricted: RestrictedFolder[] = [];
  const made = new Set(['.']);

  function makeFolder(relative: string): void {
    if (made.has(relative)) return;
    makeFolder(path.posix.dirname(relative));
    fs.mkdirSync(path.join(root, relative), { mode: FOLDER_MODE });
    made.add(relative);
  }

  function addFolder(relative: string, mode: number): void {
    makeFolder(relative);
    if ((mode & 0o700) !== 0o700) restricted.push({ path: relative, mode });
    else fs.chmodSync(path.join(root, relative), mode);
  }

  function addLink(header: Header, relative: string): void {
    const target = header.linkname;
    const safe = path.isAbsolute(target) ? null : safeLinkTarget(root, relative, target);
    if (safe === null) throw refused(header.name);
    fs.symlinkSync(safe.replaceAll('/', path.sep), path.join(root, relative));
  }

  function openFile(file: string, mode: number, seconds: number): OpenFile {
    const fd = fs.openSync(file, 'wx', mode);
    const close = (): void => fs.closeSync(fd);
    return {
      write(bytes) {
        for (let at = 0; at < bytes.length;) at += fs.writeSync(fd, bytes, at);
      },
      finish() {
        // The mode of an open call is cut by the process' umask.
        fs.fchmodSync(fd, mode);
        fs.futimesSync(fd, seconds, seconds);
        close();
      },
      close,
    };
  }

  return {
    restricted,
    add(header) {
      const relative = path.posix.normalize(header.name).replace(/\/$/, '');
      if (!staysInside(header.name) || relative === '.') throw refused(header.name);
      makeFolder(path.posix.dirname(relative));
      const mode = header.mode & 0o777;
      if (header.type === 'file') {
        return openFile(path.join(root, relative), mode, header.mtime.getTime() / 1_000);
      }
      if (header.type === 'directory') addFolder(relative, mode);
      else if (header.type === 'symlink') addLink(header, relative);
      else throw refused(header.name);
      return null;
    },
  };
}

function refused(name: string): AppError {
  return new AppError('path-outside', `The archive would write ${JSON.stringify(name)}, which is refused.`);
}
