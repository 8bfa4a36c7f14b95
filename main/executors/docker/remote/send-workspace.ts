import { rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import type { LogSink } from '#main/engine/ports.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import type { CommandFolder } from '../command-files.ts';
import { dockerError } from '../docker-error.ts';
import { captureProcess } from './capture-process.ts';
import { changedFiles, rootsOf } from './changed-files.ts';
import { type FileStates, listFiles } from './list-files.ts';
import { type FileOwner, packFolder, stampOf } from './pack-folder.ts';
import { readArchive } from './read-archive.ts';
import { remoteCommandFolder } from './remote-commands.ts';
import { staysInside, writeEntry } from './write-entry.ts';

/** What a container shares with this machine. */
export interface SharedFiles {
  readonly commands: CommandFolder;
  /** Brings back what is new, other or gone. @throws AppError `place-failed`, `docker-unreachable` */
  collect(signal: AbortSignal): Promise<void>;
}

export interface SentWorkspace {
  /** On this machine, absolute. */
  readonly workspace: string;
  /** In the container, where a volume is mounted. */
  readonly seenWorkspace: string;
  /** In the container, absolute; made there. */
  readonly seenCommands: string;
  readonly log: LogSink;
}

/** As many paths are asked for one by one; past that whole folders are. */
const MOST_ROOTS = 64;
/** What takes time on a slow way should be seen. */
const WORTH_SAYING_BYTES = 10_000_000;

/**
 * Sends the workspace into a container that runs.
 * @throws AppError `place-failed`, `docker-unreachable`. Rejects with the signal's reason when it aborts
 */
export async function sendWorkspace(
  container: Docker.Container,
  sent: SentWorkspace,
  signal: AbortSignal,
): Promise<SharedFiles> {
  const { workspace, seenWorkspace, seenCommands, log } = sent;
  try {
    const owner = await ownerOf(container, signal);
    await makeCommandFolder(container, seenCommands, owner);
    const packed = packFolder(workspace, owner, signal);
    let bytes = 0;
    const counted = packed.archive
      .on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      })
      .pause();
    await container.putArchive(counted, { path: seenWorkspace, ...{ abortSignal: signal } });
    if (bytes >= WORTH_SAYING_BYTES)
      await log.write('system', Buffer.from(`Pipewright: sent the workspace, ${formatSize(bytes)}\n`));
    if (packed.leftOut.length > 0)
      await log.write(
        'system',
        Buffer.from(`Pipewright: not sent, as its name is not UTF-8: ${packed.leftOut.join(', ')}\n`),
      );
    const before = await listFiles(container, seenWorkspace, signal);
    return {
      commands: remoteCommandFolder(container, seenCommands, owner),
      collect: (until) => collect(container, sent, { before, stamps: packed.stamps }, until),
    };
  } catch (error) {
    signal.throwIfAborted();
    throw dockerError(error, 'send it the workspace');
  }
}

/** Whom the steps run as, in numbers; root where the image cannot say it. */
async function ownerOf(container: Docker.Container, signal: AbortSignal): Promise<FileOwner> {
  const { stdout } = await captureProcess(container, { args: ['sh', '-c', 'id -u && id -g'] }, signal);
  const [uid = 0, gid = 0] = stdout.toString('utf8').trim().split(/\s+/).map(Number);
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : { uid: 0, gid: 0 };
}

async function makeCommandFolder(container: Docker.Container, seen: string, owner: FileOwner): Promise<void> {
  const archive = pack();
  let folder = '';
  for (const part of seen.split('/').filter((each) => each !== '')) {
    folder += `${part}/`;
    archive.entry({ name: folder, type: 'directory', mode: 0o700, ...owner });
  }
  archive.finalize();
  await container.putArchive(Readable.from(archive as AsyncIterable<Buffer>, { objectMode: false }), {
    path: '/',
  });
}

interface Sent {
  /** Null: the image cannot list files. */
  readonly before: FileStates | null;
  readonly stamps: ReadonlyMap<string, string>;
}

async function collect(
  container: Docker.Container,
  { workspace, seenWorkspace }: SentWorkspace,
  { before, stamps }: Sent,
  signal: AbortSignal,
): Promise<void> {
  try {
    const after = before === null ? null : await listFiles(container, seenWorkspace, signal);
    if (before === null || after === null) {
      await collectAll();
      return;
    }
    const { changed, removed } = changedFiles(before, after);
    for (const name of removed) await removeHere(workspace, name);
    const isNew = (folder: string): boolean => before.get(folder)?.isFolder !== true;
    for (const root of rootsOf(changed, isNew, MOST_ROOTS)) await fetch(root, (name) => changed.has(name));
  } catch (error) {
    signal.throwIfAborted();
    throw dockerError(error, 'bring the changes of the workspace back');
  }

  /** All of it comes, and what is as it was sent is left alone. */
  async function collectAll(): Promise<void> {
    const there = new Set<string>();
    await fetch('', (name, stamp) => {
      there.add(name);
      return stamps.get(name) !== stamp;
    });
    for (const name of [...stamps.keys()].reverse()) if (!there.has(name)) await removeHere(workspace, name);
  }

  async function fetch(root: string, isWanted: (name: string, stamp: string) => boolean): Promise<void> {
    const parent = root === '' ? '' : path.posix.dirname(root);
    // The archive's names begin with the last part of the path that was asked for.
    const nameOf = (text: string): string => {
      const below = text.replace(/\/$/, '');
      return root === '' ? below.split('/').slice(1).join('/') : path.posix.join(parent, below);
    };
    await readArchive(
      container,
      root === '' ? seenWorkspace : `${seenWorkspace}/${root}`,
      async (entry) => {
        const { type, size, mtime, linkname } = entry.header;
        const name = nameOf(entry.header.name);
        if (name === '' || name.includes('\uFFFD')) return;
        if (!isWanted(name, stampOf(type, size, mtime))) return;
        await writeEntry(workspace, name, entry, type === 'link' ? nameOf(linkname) : null);
      },
      signal,
    );
  }
}

/** Only what was sent; a folder stays while something else is in it. */
async function removeHere(workspace: string, name: string): Promise<void> {
  if (!staysInside(name)) return;
  const target = path.join(workspace, name);
  try {
    await rm(target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return;
    // Not empty: something else was put there meanwhile.
    await rmdir(target).catch(() => undefined);
  }
}
