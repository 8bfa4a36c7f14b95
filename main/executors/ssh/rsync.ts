import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { nameList } from './listing.ts';
import { startTool } from './local-tool.ts';
import type { RemoteHost } from './remote-host.ts';
import { versionOf } from './rsync-version.ts';

/** `-1`: times are compared to the nanosecond, since a step may write twice in a second without another size. */
const OPTIONS = ['--links', '--perms', '--times', '--omit-dir-times', '--modify-window=-1', '-s', '--quiet'];

/** Makes a folder of a host what one is here; only what differs goes over. */
export async function rsyncThere(
  host: RemoteHost,
  local: string,
  remote: string,
  signal: AbortSignal,
): Promise<void> {
  const what = ['--recursive', '--delete', '--force', withSlash(local), `${forRsync(host.name)}:${remote}/`];
  await startTool('rsync', [...OPTIONS, '-e', host.shellCommand, ...what], signal, Buffer.alloc(0)).ended;
}

/**
 * Brings these files here, whatever their times say: a step may have set those as they were.
 * @param names see `Listing`
 */
export async function rsyncHere(
  host: RemoteHost,
  remote: string,
  local: string,
  names: Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const from = `${forRsync(host.name)}:${remote}/`;
  const what = ['--files-from=-', '--from0', '--force', '--ignore-times', from, withSlash(local)];
  await startTool('rsync', [...OPTIONS, '-e', host.shellCommand, ...what], signal, nameList(names)).ended;
}

const run = promisify(execFile);

/** The version of rsync here; null: there is none that could be used. */
export async function ownRsync(): Promise<string | null> {
  // It takes what stands before the colon of a Windows path for a host.
  if (process.platform === 'win32') return null;
  try {
    const { stdout } = await run('rsync', ['--version']);
    return versionOf(stdout);
  } catch {
    // It is not installed.
    return null;
  }
}

const forRsync = (host: string): string => (host.includes(':') ? host.replace(/([^@]+)$/, '[$1]') : host);

const withSlash = (folder: string): string => (folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`);
