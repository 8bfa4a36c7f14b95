import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, copyFile, lstat, mkdir, rename, rm, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ArchiveEntry } from './read-archive.ts';

const OWNER_MAY = 0o700;

/**
 * Writes an entry of a container's archive into the workspace, in the place of whatever has its name. Nothing is written
 * outside, also not through a link: what stands in the way of a folder goes. Devices and sockets are passed by.
 * @param name relative to the workspace, with forward slashes
 * @param linkedTo for a hard link: the name of the file it is one of
 */
export async function writeEntry(
  workspace: string,
  name: string,
  { header, content }: ArchiveEntry,
  linkedTo: string | null,
): Promise<void> {
  if (!staysInside(name)) return;
  const target = path.join(workspace, name);
  await makeFolders(workspace, path.posix.dirname(name));
  const mode = header.mode & 0o777;
  switch (header.type) {
    case 'directory':
      await makeFolder(target);
      // Pipewright has to work in it.
      return chmod(target, mode | OWNER_MAY);
    case 'symlink':
      await rm(target, { recursive: true, force: true });
      return symlink(header.linkname.replaceAll('/', path.sep), target);
    case 'link': {
      if (linkedTo === null || !staysInside(linkedTo)) return;
      const source = path.join(workspace, linkedTo);
      if ((await lstat(source).catch(() => null))?.isFile() !== true) return;
      await rm(target, { recursive: true, force: true });
      return copyFile(source, target);
    }
    case 'file':
    case 'contiguous-file': {
      const existing = await lstat(target).catch(() => null);
      if (existing?.isDirectory() === true) await rm(target, { recursive: true, force: true });
      // Whoever reads the file meanwhile has the old one or the new one.
      const beside = path.join(path.dirname(target), `.pipewright-${randomBytes(6).toString('hex')}`);
      await pipeline(
        Readable.from(content, { objectMode: false }),
        createWriteStream(beside, { flags: 'wx', mode: 0o600 }),
      );
      await chmod(beside, mode);
      await utimes(beside, header.mtime, header.mtime);
      await rename(beside, target);
      return;
    }
    case 'block-device':
    case 'character-device':
    case 'fifo':
      return;
  }
}

/** Whether a name from elsewhere is one of a file below the folder. */
export function staysInside(name: string): boolean {
  if (name === '' || path.isAbsolute(name)) return false;
  const parts = name.split(process.platform === 'win32' ? /[\\/]/ : '/');
  return !parts.some((part) => part === '..' || part === '' || part === '.');
}

async function makeFolders(workspace: string, folder: string): Promise<void> {
  if (folder === '.') return;
  let at = workspace;
  for (const part of folder.split('/')) await makeFolder((at = path.join(at, part)));
}

async function makeFolder(folder: string): Promise<void> {
  const stats = await lstat(folder).catch(() => null);
  if (stats?.isDirectory() === true) return;
  if (stats !== null) await rm(folder);
  await mkdir(folder);
}
