import path from 'node:path';
import type { LogSink, OpenPlace, PlaceRequest, Places } from '#main/engine/ports.ts';
import { AppError, toAppError } from '#shared/lib/app-error.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { OpenedServices, ServiceOpener } from '../services/service-opener.ts';
import { createAttemptFolders } from './attempt-folders.ts';
import { createFolderPool, type TakenFolder } from './folder-pool.ts';
import { createRemoteHost, type RemoteHost } from './remote-host.ts';
import { notKept } from './remote-limits.ts';
import { quoted } from './remote-text.ts';
import { openRemoteServices } from './remote-services.ts';
import { createRunLedger } from './run-ledger.ts';
import { ownRsync } from './rsync.ts';
import { runRemoteStep } from './run-step.ts';
import { sshProgram } from './ssh-arguments.ts';
import { releaseScript } from './step-scripts.ts';
import type { Listing } from './listing.ts';
import { pullChanges, pushFolder, type SyncedFolder } from './workspace-sync.ts';

export interface SshPlacesOptions {
  /** Where it is written down which runs have something on which hosts. */
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  /** Of this machine: they are brought to the hosts. Without, a stage with services is refused. */
  readonly services?: ServiceOpener;
}

export interface SshPlaces extends Places {
  /**
   * Ends what runs that are over have left on hosts, because Pipewright died or a host could not be reached.
   * A host that cannot be reached now is asked again at the next start. Never rejects.
   */
  endLeftovers(runIds: readonly RunId[], signal: AbortSignal): Promise<void>;
  /** Runs of which something may be left on a host; those that go on are among them. */
  leftovers(): Promise<readonly RunId[]>;
  /** Ends all connections. Idempotent. */
  close(): Promise<void>;
}

/** How long the end of a run waits for a host that does not answer. */
const RELEASE_MS = 20_000;

/**
 * Runs stages on hosts that the user's own OpenSSH reaches. A run has a folder on each below the user's cache folder; stages
 * that follow each other share one copy of the workspace in it, those that run at once have one each.
 */
export function createSshPlaces({ dataDir, env, services }: SshPlacesOptions): SshPlaces {
  const program = sshProgram(env);
  const ledger = createRunLedger(dataDir);
  const folders = createAttemptFolders(dataDir);
  const hosts = new Map<string, RemoteHost>();
  const usedBy = new Map<RunId, Set<string>>();
  const pool = createFolderPool();
  let rsync: Promise<string | null> | null = null;

  function hostOf(name: string): RemoteHost {
    const known = hosts.get(name) ?? createRemoteHost(name, program);
    hosts.set(name, known);
    return known;
  }

  async function removeRun(name: string, runId: RunId, signal: AbortSignal): Promise<void> {
    const host = hostOf(name);
    const { root, bootId } = await host.connect(signal);
    await host.run(releaseScript(`${root}/${runId}`, runId, bootId), signal);
  }

  /** False when one of the hosts could not be reached; the ledger keeps the run then. */
  async function removeEverywhere(runId: RunId, signal: AbortSignal): Promise<boolean> {
    const names = await ledger.hostsOf(runId);
    const results = await Promise.allSettled(names.map((name) => removeRun(name, runId, signal)));
    const isAll = results.every(({ status }) => status === 'fulfilled');
    if (isAll && names.length > 0) await ledger.remove(runId);
    return isAll;
  }

  async function closeUnused(names: Iterable<string>): Promise<void> {
    const used = new Set([...usedBy.values()].flatMap((each) => [...each]));
    const unused = [...names].filter((name) => !used.has(name));
    const closing = unused.flatMap((name) => hosts.get(name) ?? []);
    for (const name of unused) hosts.delete(name);
    await Promise.all(closing.map((host) => host.close()));
  }

  return {
    async open(request, signal) {
      const { place, runId } = request;
      if (place.type !== 'ssh') throw new AppError('unsupported-place', 'This is no SSH host.');
      const host = hostOf(place.host);
      const names = usedBy.get(runId) ?? new Set();
      usedBy.set(runId, names.add(place.host));
      const facts = await host.connect(signal);
      if (facts.setsid === '')
        throw new AppError('ssh-failed', `${place.host} has neither setsid nor perl nor python3.`, {
          hint: 'Install one of them: without it a stage could not be ended there.',
        });
      await ledger.add(runId, place.host);
      rsync ??= ownRsync();
      const runFolder = `${facts.root}/${runId}`;
      const beside = await openRemoteServices(host, services, request, signal);
      const taken = pool.take(runId, `${place.host} ${request.workspace}`);
      const folder: SyncedFolder = {
        ...{ host, facts, rsync: await rsync, local: request.workspace },
        remote: `${runFolder}/${taken.name}`,
        memory: taken.memory,
      };
      try {
        const made = [`${runFolder}/commands`, `${runFolder}/steps`, folder.remote];
        const prepare = `umask 077; mkdir -p ${made.map(quoted).join(' ')}`;
        await host.run(prepare, signal);
        const before = await pushFolder(folder, signal);
        await folders.add(request, { host: place.host, folder: folder.remote });
        return openPlace(request, folder, runFolder, before, { taken, beside });
      } catch (error) {
        await beside.close();
        taken.free();
        throw error;
      }
    },
    async release(runId) {
      await services?.release(runId);
      const names = usedBy.get(runId);
      if (names === undefined) return;
      await removeEverywhere(runId, AbortSignal.timeout(RELEASE_MS));
      usedBy.delete(runId);
      pool.forget(runId);
      await closeUnused(names);
    },
    async endLeftovers(runIds, signal) {
      for (const runId of runIds) {
        const names = await ledger.hostsOf(runId);
        await removeEverywhere(runId, signal);
        await closeUnused(names);
      }
    },
    leftovers: () => ledger.runs(),
    async close() {
      usedBy.clear();
      await closeUnused([...hosts.keys()]);
    },
  };
}

async function tell(log: LogSink, note: string): Promise<void> {
  try {
    await log.write('system', Buffer.from(`Pipewright: ${note}\n`));
  } catch {
    // A log that cannot be written ends the step with its first output, which says so.
  }
}

function openPlace(
  { commandPrefix, resources, log }: PlaceRequest,
  folder: SyncedFolder,
  runFolder: string,
  before: Listing,
  { taken, beside }: { readonly taken: TakenFolder; readonly beside: OpenedServices },
): OpenPlace {
  const { host, facts } = folder;
  let files: Readonly<Record<string, string>> = {};
  let notes = notKept(resources, host.name);
  return {
    services: beside.facts,
    sharesFiles: false,
    seenWorkspace: folder.remote,
    seenCommandPrefix: `${runFolder}/commands/${path.basename(commandPrefix)}`,
    baseEnv: facts.env,
    paths: { separator: '/', delimiter: ':' },
    async execute(request, signal) {
      const told = notes;
      notes = [];
      for (const note of told) await tell(log, note);
      const result = await runRemoteStep(host, runFolder, { ...request, limits: resources }, signal);
      files = result.files;
      return result.outcome;
    },
    readCommandFiles() {
      const taken = files;
      files = {};
      return Promise.resolve(taken);
    },
    async collect(signal) {
      try {
        await host.connect(signal);
        await pullChanges(folder, before, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw toAppError(error, 'place-failed');
      }
    },
    async close() {
      await beside.close();
      taken.free();
    },
  };
}
