import { firstListing, type Listing, nextListing, parseChanges, parseListing } from './listing.ts';
import type { RemoteFacts } from './remote-facts.ts';
import type { RemoteHost } from './remote-host.ts';
import { removeHere } from './remove-here.ts';
import { rsyncHere, rsyncThere } from './rsync.ts';
import { type Pushed, tarAllThere, tarChangesThere, tarHere } from './tar-transfer.ts';

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
  /** Goes on from one push to the next; without it, `tar` moves all. */
  readonly memory?: SyncMemory;
}

export interface SyncMemory {
  pushed: Pushed | null;
}

/**
 * Makes the copy on the host, which is there already, what the folder is here, and answers with what is there then. Only what differs goes over: rsync
 * finds that out by itself; without it, what was moved last is remembered.
 */
export async function pushFolder(folder: SyncedFolder, signal: AbortSignal): Promise<Listing> {
  const { host, facts, local, remote, memory } = folder;
  if (mayUseRsync(folder)) {
    await rsyncThere(host, local, remote, signal);
    return parseListing(await host.run(firstListing(remote, facts), signal), facts);
  }
  const pushed = memory?.pushed ?? null;
  if (memory !== undefined) memory.pushed = null;
  const here =
    pushed === null
      ? await tarAllThere(host, local, remote, signal)
      : await tarChangesThere(
          host,
          local,
          remote,
          pushed,
          parseChanges(await host.run(nextListing(remote, facts), signal), pushed.there, facts),
          signal,
        );
  const there = parseListing(await host.run(firstListing(remote, facts), signal), facts);
  if (memory !== undefined) memory.pushed = { here, there };
  return there;
}

/**
 * Brings back what was changed, made or removed on the host since `before`, and nothing else: other stages may have changed
 * other files here meanwhile.
 */
export async function pullChanges(folder: SyncedFolder, before: Listing, signal: AbortSignal): Promise<void> {
  const { host, facts, local, remote } = folder;
  const answer = await host.run(nextListing(remote, facts), signal);
  const { now, changed } = parseChanges(answer, before, facts);
  await removeHere(
    local,
    [...before.keys()].filter((name) => !now.has(name)),
  );
  if (changed.size === 0) return;
  const bring = mayUseRsync(folder) ? rsyncHere : tarHere;
  await bring(host, remote, local, changed, signal);
}

const mayUseRsync = ({ rsync, facts }: SyncedFolder): boolean => rsync !== null && facts.rsync !== null;
