import { Readable } from 'node:stream';
import { type Changes, type Listing, nameList } from './listing.ts';
import { isFolder, scanFolder } from './local-scan.ts';
import { startTool } from './local-tool.ts';
import type { RemoteHost } from './remote-host.ts';
import { quoted } from './remote-text.ts';

/** What went into a folder of a host by the last push, and what it was there after it. */
export interface Pushed {
  readonly here: Listing;
  readonly there: Listing;
}

/** Fills a folder of a host anew. @returns what went over */
export async function tarAllThere(
  host: RemoteHost,
  local: string,
  remote: string,
  signal: AbortSignal,
): Promise<Listing> {
  // Before it is packed: what changes meanwhile differs the next time.
  const here = await scanFolder(local, signal);
  const begin = `umask 077; rm -rf ${quoted(remote)}; mkdir -p ${quoted(remote)}`;
  await send(host, local, begin, remote, here.keys(), signal);
  return here;
}

/**
 * Makes a folder of a host what one is here, when it is known what both were after the last push: only what has changed on
 * either side since goes over. Times are compared with earlier ones of the same clock only.
 * @returns what the folder is here
 */
export async function tarChangesThere(
  host: RemoteHost,
  local: string,
  remote: string,
  pushed: Pushed,
  { now, changed }: Changes,
  signal: AbortSignal,
): Promise<Listing> {
  const here = await scanFolder(local, signal);
  const differs = (name: string): boolean => !now.has(name) || changed.has(name);
  const wanted = [...here].filter(([name, state]) => differs(name) || pushed.here.get(name) !== state);
  const gone = [...now.keys()].filter((name) => !here.has(name));
  const files = wanted.filter(([, state]) => !isFolder(state)).map(([name]) => name);
  const folders = wanted.filter(([, state]) => isFolder(state)).map(([name]) => name);
  const inTheWay = [...gone, ...files.filter((name) => now.has(name))];
  if (inTheWay.length > 0) await forEachThere(host, remote, inTheWay, 'rm -rf -- "$@"', signal);
  if (folders.length > 0)
    await forEachThere(
      host,
      remote,
      folders,
      'for each; do if [ -L "$each" ] || [ ! -d "$each" ]; then rm -f -- "$each"; fi; done',
      signal,
    );
  const names = wanted.map(([name]) => name);
  if (names.length > 0) await send(host, local, ':', remote, names, signal);
  return here;
}

const forEachThere = async (
  host: RemoteHost,
  remote: string,
  names: readonly string[],
  command: string,
  signal: AbortSignal,
): Promise<void> => {
  const script = `cd ${quoted(remote)} && xargs -0 sh -c ${quoted(command)} sh`;
  await host.run(script, signal, Readable.from([nameList(names)]));
};

async function send(
  host: RemoteHost,
  local: string,
  begin: string,
  remote: string,
  names: Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const args = ['-cf', '-', '-C', local, '--no-recursion', '--null', '-T', '-'];
  const tar = startTool('tar', args, signal, nameList(names));
  const unpack = `${begin} && cd ${quoted(remote)} && tar -xpf - && cat >/dev/null`;
  await Promise.all([host.run(unpack, signal, tar.output), tar.ended]);
}

/** Brings these files here. @param names see `Listing` */
export async function tarHere(
  host: RemoteHost,
  remote: string,
  local: string,
  names: Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  // The list goes into a file first: what is packed has to come out of a pipe that nothing else goes through.
  const listFile = `${remote}.list`;
  await host.run(`cat >${quoted(listFile)}`, signal, Readable.from([nameList(names)]));
  // The tar of busybox takes a name a line only.
  const pack = `cd ${quoted(remote)} || exit 1
list=${quoted(listFile)}
if tar --null -T /dev/null -cf /dev/null 2>/dev/null; then tar -cf - --no-recursion --null -T "$list"
else tr '\\000' '\\n' <"$list" >"$list.lines" && tar -cf - --no-recursion -T "$list.lines"; fi`;
  const tar = startTool('tar', ['-xpf', '-', '-C', local], signal);
  await Promise.all([host.run(pack, signal, undefined, tar.input), tar.ended]);
}
