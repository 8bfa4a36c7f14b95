import { spawn } from 'node:child_process';
import { lstat, realpath, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { AppError } from '#shared/lib/app-error.ts';
import type { RemoteFacts } from './remote-facts.ts';
import type { RemoteHost } from './remote-host.ts';
import { quoted } from './remote-text.ts';

/** A folder here and its copy on a host. */
export interface SyncedFolder {
  readonly host: RemoteHost;
  readonly facts: RemoteFacts;
  /** The version of rsync here; null: there is none, and `tar` does it. */
  readonly rsync: string | null;
  /** Absolute. */
  readonly local: string;
  /** Absolute, on the host. */
  readonly remote: string;
}

/** The paths of a folder, relative to it, with `/`. */
export type Paths = ReadonlySet<string>;

/**
 * Makes the copy on the host what the folder is here, and answers with what is there then. With rsync only what differs
 * goes over; without it, all does.
 */
export async function pushFolder(folder: SyncedFolder, signal: AbortSignal): Promise<Paths> {
  const { host, local, remote } = folder;
  if (mayUseRsync(folder)) {
    await host.run(`umask 077; mkdir -p ${quoted(remote)}`, signal);
    await rsync(
      folder,
      ['--delete', '--force', withSlash(local), `${forRsync(host.name)}:${remote}/`],
      signal,
    );
  } else {
    const tar = startTool('tar', ['-cf', '-', '-C', local, '.'], signal);
    const unpack = `umask 077; rm -rf ${quoted(remote)}; mkdir -p ${quoted(remote)} && cd ${quoted(remote)} && tar -xpf - && cat >/dev/null`;
    await Promise.all([host.run(unpack, signal, tar.output), tar.ended]);
  }
  const list = `cd ${quoted(remote)} && rm -f ${quoted(stampOf(remote))} && : >${quoted(stampOf(remote))} && find . -print0`;
  return pathsOf(await host.run(list, signal));
}

/**
 * Brings back what was changed, made or removed on the host since `before`, and nothing else: other stages may have changed
 * other files here meanwhile.
 */
export async function pullChanges(folder: SyncedFolder, before: Paths, signal: AbortSignal): Promise<void> {
  const { host, facts, remote } = folder;
  const newer = facts.hasChangeTimes ? '-cnewer' : '-newer';
  const look = `cd ${quoted(remote)} && find . -print0 && printf '\\000' && find . ${newer} ${quoted(stampOf(remote))} -print0`;
  const answer = await host.run(look, signal);
  const border = answer.indexOf('\0\0');
  const now = pathsOf(answer.subarray(0, border + 1));
  const touched = pathsOf(answer.subarray(border + 2));
  await removeHere(
    folder.local,
    [...before].filter((each) => !now.has(each)),
  );
  const changed = [...now].filter((each) => touched.has(each) || !before.has(each));
  if (changed.length === 0) return;
  const list = Buffer.from(changed.map((each) => `${each}\0`).join(''));
  if (mayUseRsync(folder)) {
    const from = `${forRsync(host.name)}:${remote}/`;
    const args = ['--files-from=-', '--from0', '--force', from, withSlash(folder.local)];
    await rsync(folder, args, signal, list);
  } else await pullByTar(folder, list, signal);
}

async function pullByTar(
  { host, local, remote }: SyncedFolder,
  list: Buffer,
  signal: AbortSignal,
): Promise<void> {
  // The list goes into a file first: what is packed has to come out of a pipe that nothing else goes through.
  const listFile = `${remote}.list`;
  await host.run(`cat >${quoted(listFile)}`, signal, Readable.from([list]));
  // The tar of busybox takes a name a line only.
  const pack = `cd ${quoted(remote)} || exit 1
list=${quoted(listFile)}
if tar --null -T /dev/null -cf /dev/null 2>/dev/null; then tar -cf - --no-recursion --null -T "$list"
else tr '\\000' '\\n' <"$list" >"$list.lines" && tar -cf - --no-recursion -T "$list.lines"; fi`;
  const packed = await host.run(pack, signal);
  const tar = startTool('tar', ['-xpf', '-', '-C', local], signal, packed);
  await tar.ended;
}

/** Both sides have one whose options are known; macOS brings another program by that name. */
function mayUseRsync({ rsync: here, facts }: SyncedFolder): boolean {
  return [here, facts.rsync].every((version) => version !== null && Number.parseInt(version, 10) >= 3);
}

/** `-1`: times are compared to the nanosecond, since a step may write twice in a second without another size. */
const RSYNC = ['--links', '--perms', '--times', '--omit-dir-times', '--modify-window=-1', '-s', '--quiet'];

async function rsync(
  { host }: SyncedFolder,
  args: readonly string[],
  signal: AbortSignal,
  input?: Buffer,
): Promise<void> {
  const isListed = input !== undefined;
  const tool = startTool(
    'rsync',
    [...RSYNC, ...(isListed ? [] : ['--recursive']), '-e', host.shellCommand, ...args],
    signal,
    input,
  );
  await tool.ended;
}

interface Tool {
  readonly output: Readable;
  /** @throws AppError `place-failed` with its own words; with the signal's reason after an abort */
  readonly ended: Promise<void>;
}

function startTool(file: string, args: readonly string[], signal: AbortSignal, input?: Buffer): Tool {
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2_000);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const onAbort = (): void => void child.kill();
  signal.addEventListener('abort', onAbort, { once: true });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  })
    .catch((error: unknown) => {
      throw new AppError('place-failed', `${file} could not be started.`, { cause: error });
    })
    .then((code) => {
      signal.throwIfAborted();
      if (code === 0) return;
      const line = said.trim().split('\n')[0] ?? '';
      throw new AppError(
        'place-failed',
        `The workspace could not be transferred: ${line || `${file} ended with ${code}`}.`,
      );
    })
    .finally(() => signal.removeEventListener('abort', onAbort));
  return { output: child.stdout, ended };
}

/** Made after each push, beside the folder: what changes later is newer. */
const stampOf = (remote: string): string => `${remote}.stamp`;

const forRsync = (host: string): string => (host.includes(':') ? host.replace(/([^@]+)$/, '[$1]') : host);

const withSlash = (folder: string): string => (folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`);

function pathsOf(list: Buffer): Paths {
  const names = list.toString().split('\0');
  return new Set(names.filter((name) => name.startsWith('./')).map((name) => name.slice(2)));
}

/** Removes files and then the folders that have become empty; what another stage has put into one stays. */
async function removeHere(local: string, paths: readonly string[]): Promise<void> {
  const root = await realpath(local);
  // A folder stands before what is in it in the order of names, so from the last to the first.
  for (const name of [...paths].sort().reverse()) {
    const file = path.join(root, name);
    const parent = await realpath(path.dirname(file)).catch(() => null);
    if (parent === null || (parent !== root && !parent.startsWith(root + path.sep))) continue;
    const found = await lstat(file).catch(() => null);
    if (found === null) continue;
    if (found.isDirectory()) await rmdir(file).catch(ignoreFull);
    else await rm(file, { force: true });
  }
}

function ignoreFull(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
}
