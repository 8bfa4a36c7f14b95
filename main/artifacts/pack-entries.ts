import fs from 'node:fs';
import fsp from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type Header, pack, type Pack } from 'tar-stream';
import type { CacheEntry } from './find-cache-entries.ts';

/** Below this a file is read at once. */
const SMALL_BYTES = 1 << 20;
/** One piece of the archive. */
const CHUNK_BYTES = 1 << 18;
/** What may be read ahead of whoever takes the archive. */
const AHEAD_BYTES = 1 << 21;
/** How long files are read before others get their turn. */
const SLICE_MS = 4;

/** Windows has only the first; there, links need a right that stages do not have. */
const FLAGS: readonly (number | undefined)[] = [
  fs.constants.O_RDONLY,
  fs.constants.O_NOFOLLOW,
  fs.constants.O_NONBLOCK,
];
const OPEN_FLAGS = FLAGS.reduce<number>((flags, flag) => flags | (flag ?? 0), 0);

type EntryHeader = Pick<Header, 'name' | 'mode' | 'mtime' | 'type'> & Partial<Header>;
type Stats = Pick<fs.Stats, 'mode' | 'mtimeMs' | 'size'>;

/**
 * A tar archive of the entries: modes, times to the second, links. What is gone by now is passed by.
 *
 * Small files are read synchronously, in slices of a few milliseconds: for tens of thousands of them the promises of
 * asynchronous calls cost more than reading and compressing. Compression runs beside it on another thread.
 * @throws the file system's errors; Error when a large file changes its size meanwhile
 */
export async function* packEntries(
  root: string,
  entries: readonly CacheEntry[],
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const archive = pack({ highWaterMark: CHUNK_BYTES });
  const feeding = feed(archive, root, entries, signal).catch((error: unknown) => {
    archive.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    let parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of archive as AsyncIterable<Buffer>) {
      parts.push(part);
      bytes += part.length;
      if (bytes < CHUNK_BYTES) continue;
      yield Buffer.concat(parts, bytes);
      parts = [];
      bytes = 0;
    }
    yield Buffer.concat(parts, bytes);
  } finally {
    archive.destroy();
    await feeding;
  }
}

async function feed(
  archive: Pack,
  root: string,
  entries: readonly CacheEntry[],
  signal: AbortSignal,
): Promise<void> {
  let aheadBytes = 0;
  let sliceEnd = performance.now() + SLICE_MS;
  for (const entry of entries) {
    signal.throwIfAborted();
    const file = path.join(root, entry.path);
    if (entry.type === 'file') {
      const source = openFile(file);
      if (source === null) continue;
      try {
        if (source.stats.size > SMALL_BYTES)
          await packLarge(archive, headerOf(entry, source.stats), source.fd);
        else {
          const bytes = readWhole(source.fd, source.stats.size);
          aheadBytes += bytes.length;
          archive.entry(headerOf(entry, source.stats), bytes, () => (aheadBytes -= bytes.length));
        }
      } finally {
        fs.closeSync(source.fd);
      }
    } else {
      const stats = await fsp.lstat(file).catch(() => null);
      if (stats) archive.entry(headerOf(entry, stats));
    }
    if (aheadBytes < AHEAD_BYTES && performance.now() < sliceEnd) continue;
    do await setImmediate();
    while (aheadBytes >= AHEAD_BYTES && !archive.destroyed);
    sliceEnd = performance.now() + SLICE_MS;
  }
  archive.finalize();
}

function headerOf(entry: CacheEntry, { mode, mtimeMs, size }: Stats): EntryHeader {
  const common = { name: entry.path, mode: mode & 0o777, mtime: new Date(Math.max(0, mtimeMs)) };
  if (entry.type === 'link') return { ...common, type: 'symlink', linkname: entry.target };
  return entry.type === 'folder' ? { ...common, type: 'directory' } : { ...common, type: 'file', size };
}

async function packLarge(archive: Pack, header: EntryHeader, fd: number): Promise<void> {
  const end = (header.size ?? 0) - 1;
  const source = fs.createReadStream('', { fd, autoClose: false, start: 0, end, highWaterMark: CHUNK_BYTES });
  const entry = archive.entry(header);
  // An entry that fails fails the archive, which tells its reader.
  entry.on('error', () => undefined);
  for await (const chunk of source as AsyncIterable<Buffer>) {
    if (!entry.write(chunk)) await drained(entry);
    if (entry.destroyed) return;
  }
  entry.end(null);
}

function drained(entry: ReturnType<Pack['entry']>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      entry.off('drain', done);
      entry.off('close', done);
      resolve();
    };
    entry.on('drain', done);
    entry.on('close', done);
  });
}

/** Null for what is gone, or is no file any more. */
function openFile(file: string): { readonly fd: number; readonly stats: Stats } | null {
  let fd: number;
  try {
    fd = fs.openSync(file, OPEN_FLAGS);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ELOOP'))
      return null;
    throw error;
  }
  const stats = fs.fstatSync(fd);
  if (stats.isFile()) return { fd, stats };
  fs.closeSync(fd);
  return null;
}

/** As much as there is, up to `size`. */
function readWhole(fd: number, size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (let read = -1; at < size && read !== 0; at += read) read = fs.readSync(fd, bytes, at, size - at, at);
  return bytes.subarray(0, at);
}
