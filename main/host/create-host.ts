import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createArtifacts } from '#main/artifacts/create-artifacts.ts';
import { type Blobs, createBlobs } from '#main/artifacts/blobs.ts';
import { createCaches } from '#main/artifacts/caches.ts';
import { createReuse } from '#main/artifacts/reuse.ts';
import { createEngine, type Engine, type RunHandle } from '#main/engine/engine.ts';
import type { RunOwner } from '#main/engine/ports.ts';
import type { ShellSession } from '#main/engine/shell-place.ts';
import { stageBaseEnv } from '#main/executors/process/base-env.ts';
import { killLeftoverProcesses } from '#main/executors/process/leftover-processes.ts';
import { createLocalShell } from '#main/executors/process/local-shell.ts';
import { createLocalPlaces } from '#main/executors/local/local-places.ts';
import { createProcessExecutor } from '#main/executors/process/process-executor.ts';
import { createWatchdog, type Watchdog } from '#main/executors/process/watchdog.ts';
import { createSshShell, type SshShellOptions } from '#main/executors/ssh/ssh-shell.ts';
import type { LogReader } from '#main/logs/log-reader.ts';
import { createLogStore, type LogStore } from '#main/logs/log-store.ts';
import { createReports } from '#main/reports/reports.ts';
import { createSecrets } from '#main/secrets/create-secrets.ts';
import { createKeyKeeper, type KeyKeeper } from '#main/secrets/key-keeper.ts';
import type { KeySealer } from '#main/secrets/key-sealer.ts';
import { defaultKeySource } from '#main/secrets/key-source.ts';
import { createVault, type Vault } from '#main/secrets/vault.ts';
import { createKindRegistry, type KindRegistry } from '#main/stages/registry.ts';
import { createLocks } from '#main/store/locks.ts';
import { createSshSlots } from '#main/store/ssh-slots.ts';
import { openStore, type Store } from '#main/store/open-store.ts';
import { projectIdOfDir } from '#main/store/project-id.ts';
import type { Repository } from '#main/engine/repository-ports.ts';
import type { Tracing } from '#main/telemetry/create-tracing.ts';
import { createTrust, type Trust } from '#main/trust/create-trust.ts';
import { gitSourceControl } from '#main/vcs/git-info.ts';
import { createWorkspaces } from '#main/vcs/workspaces.ts';
import { toAppError } from '#shared/lib/app-error.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import { isFinalRunStatus } from '#shared/run/status.ts';
import { createLogSinks } from './log-sinks.ts';
import { createHostDocker } from './docker.ts';
import { createHostServices } from './host-services.ts';
import { createPlaces } from './places.ts';
import { createLazyContents } from './plugins/lazy-contents.ts';
import { createProjectCatalog } from './plugins/plugin-kinds.ts';
import { createHostRepository } from './repository.ts';
import { createHostSsh } from './ssh.ts';
import { createSshHostBook, type SshHostBook } from './ssh-hosts.ts';
import { openShell, type ShellWish } from './debug-shell/open-shell.ts';
import { createShells, type Shells } from './debug-shell/shells.ts';
import { createOwner, createOwnerCheck, isOwnerAlive } from './owner.ts';
import { adoptRuns, interruptRun } from './runs/adopt-runs.ts';
import { continueAttempt } from './runs/continue-attempt.ts';
import { type ApprovalWish, decideApproval } from './runs/decide-approval.ts';
import { identitiesOf } from './runs/identity.ts';
import { createInterruptions, type Interruptions } from './runs/interruptions.ts';
import { rerun, type RerunRequest } from './runs/rerun.ts';
import { mendRuns } from './runs/mend-runs.ts';
import { resumeByPlan, resumeRun } from './runs/resume-run.ts';
import { watchRequests } from './runs/watch-requests.ts';
import { createHostSettings, type HostSettings } from './settings/host-settings.ts';
import { readCacheLimit } from './storage/retention-settings.ts';
import { systemClock } from './system-clock.ts';
import { createHostTracing } from './telemetry.ts';
import { createToolVersions } from './tool-version.ts';

export type HostMode = 'desktop' | 'browser';

export interface HostOptions {
  /** Absolute; made if it is not there. */
  readonly dataDir: string;
  readonly mode: HostMode;
  /** For what only reads: a data folder that cannot be written to is opened too. */
  readonly mayBeReadOnly?: boolean;
  /** The system's keychain, where there is a desktop around this host. */
  readonly sealer?: KeySealer;
  /** Stages that may run at once, over all runs; default: one per processor. */
  readonly maxParallel?: number;
  /** The sample project's files, where the caller knows better than this code. */
  readonly sampleTemplateDir?: string | undefined;
}

/** Everything that a data folder and this machine can do; what the contract and the command line stand on. */
export interface Host {
  readonly dataDir: string;
  readonly mode: HostMode;
  /** This process. */
  readonly owner: RunOwner;
  readonly maxParallel: number;
  readonly sampleTemplateDir: string | undefined;
  readonly store: Store;
  readonly engine: Engine;
  readonly kinds: KindRegistry;
  readonly blobs: Blobs;
  /** Packages that were published here. */
  readonly repository: Repository;
  readonly vault: Vault;
  readonly keyKeeper: KeyKeeper;
  readonly trust: Trust;
  readonly tracing: Pick<Tracing, 'fault'>;
  /** The moment before this host looked for runs of hosts that are gone, and what had changed by then. */
  readonly opened: { readonly at: string; readonly cursor: number };
  readonly interruptions: Pick<Interruptions, 'follow'>;
  readonly settings: HostSettings;
  /** A log, whichever host writes it. */
  readLog(runId: RunId, stage: StageId, attempt: number): LogReader;
  /**
   * Asks for the end of a run or of one of its stages, whichever host runs it.
   * @returns false when the run is over
   * @throws AppError `run-not-found`
   */
  cancel(runId: RunId, stage?: StageId): boolean;
  /**
   * Decides a stage that waits for approval, whichever host runs it, in the name of whoever uses this machine.
   * @returns who decided; null when the stage does not wait
   * @throws AppError `run-not-found`, `stage-not-found`, `not-allowed`
   */
  decide(wish: ApprovalWish): Promise<string | null>;
  /**
   * Lets an attempt that is paused after a failure go on, whichever host runs it.
   * @returns false when the stage is not paused
   * @throws AppError `run-not-found`, `stage-not-found`
   */
  continueAttempt(runId: RunId, stage: StageId): Promise<boolean>;
  /** Opens a shell where an attempt that failed or is paused worked; the caller closes it. See `openShell`. */
  readonly openShell: (wish: ShellWish) => Promise<ShellSession>;
  /** The shells that windows have open. */
  readonly shells: Shells;
  /** The hosts that stages run on by SSH. */
  readonly sshHosts: SshHostBook;
  /** Goes on with an interrupted run. @throws AppError `run-not-found`, `run-not-active` */
  resume(runId: RunId): RunHandle;
  /** Goes on with the interrupted runs whose file asks for it; for hosts that stay. @param among default: all */
  resumeByPlan(among?: readonly RunId[]): readonly RunId[];
  /** Takes over the runs of hosts that have died since this one was opened. */
  adopt(): Promise<readonly RunId[]>;
  /**
   * Starts a new run of the same plan in which what had succeeded is reused.
   * @throws AppError `run-not-found`, `stage-not-found`; `usage` while the run is active, or when nothing had failed
   */
  rerun(runId: RunId, request: RerunRequest): Promise<RunHandle>;
  /** Removes a finished run with its files. @throws AppError `usage` while it is active */
  removeRun(runId: RunId): Promise<boolean>;
  /** Cancels what runs here, waits for its end and closes the store. Idempotent. */
  close(): Promise<void>;
}

/** Between asking a stage's processes to end and ending them by force. */
const GRACE_MS = 5_000;

/**
 * Opens a data folder: wires the engine to its adapters and takes over the runs of hosts that are gone.
 * @throws AppError `data-folder-unusable`, `disk-full`, `database-newer`
 */
export async function createHost(options: HostOptions): Promise<Host> {
  const { dataDir, mode, maxParallel = os.availableParallelism(), sealer = null } = options;
  const store = openStore(dataDir, undefined, options.mayBeReadOnly);
  const owner = createOwner(systemClock.now());
  const logs = createLogStore({ dataDir, clock: systemClock });
  const blobs = createBlobs(dataDir);
  const vault = createVault({
    dataDir,
    key: defaultKeySource(dataDir, process.env, sealer),
    now: () => systemClock.now(),
  });
  const secrets = createSecrets({ vault, projectIdOf: projectIdOfDir });
  const watchdog = createWatchdog();
  const local = createProcessExecutor({ watchdog });
  const baseEnv = stageBaseEnv(process.env);
  const paths = { separator: path.sep, delimiter: path.delimiter };
  const services = createHostServices({ executor: local, clock: systemClock, baseEnv }, owner);
  const docker = createHostDocker({ owner, clock: systemClock, store, dataDir });
  const ssh = createHostSsh(dataDir, process.env, services);
  const tracing = createHostTracing({ settings: store.settings, vault, env: process.env });
  const caches = createCaches({
    ...{ blobs, index: store.caches },
    maxBytes: () => readCacheLimit(store.settings),
  });
  const reuse = createReuse({ blobs, index: store.fingerprints, now: () => systemClock.now() });
  const artifacts = createArtifacts(blobs);
  const repository = createHostRepository(store, blobs);
  const kinds = createKindRegistry(
    {
      ...{ caches, reuse, artifacts, blobs, repository, dataDir },
      identities: identitiesOf,
      sshConfigFile: process.env['PIPEWRIGHT_SSH_CONFIG'] || null,
      plugins: createLazyContents(dataDir),
      runPage: async (runId, signal) => {
        const { writeHtmlReport } = await import('./reports/html-report.ts');
        return writeHtmlReport({ dataDir, store, engine, blobs }, runId, systemClock.now(), signal);
      },
      images: docker.images,
      imagePushes: docker.pushes,
      now: () => systemClock.now(),
    },
    createProjectCatalog(),
  );
  const engine = createEngine({
    clock: systemClock,
    random: Math.random,
    owner,
    events: store.events,
    logs: createLogSinks(logs),
    workspaces: createWorkspaces(dataDir),
    artifacts,
    reports: createReports(),
    reportHistory: store.reportHistory,
    executors: { local },
    places: createPlaces({
      local: createLocalPlaces({ executor: local, paths, services }),
      container: docker.places,
      ssh: ssh.places,
    }),
    kinds,
    sourceControl: gitSourceControl,
    secrets,
    caches,
    reuse,
    locks: createLocks({ queue: store.lockQueue, isAlive: isOwnerAlive }),
    sshSlots: createSshSlots({ requests: store.sshSlotRequests, isAlive: isOwnerAlive }),
    states: store.states,
    durations: store.stageDurations,
    projectIdOf: projectIdOfDir,
    toolVersion: createToolVersions(),
    maxParallel,
    baseEnv,
    paths,
    graceMs: GRACE_MS,
    traceParent: (runId, stage, attempt) => tracing.traceParent(runId, stage, attempt),
  });
  tracing.follow({
    subscribe: (listener) => engine.subscribe(listener),
    stateOf: (runId) => engine.get(runId)?.state(),
  });
  const interruptions = createInterruptions();
  const adoptionPorts = {
    ...{ store, owner, clock: systemClock },
    async killLeftovers(runId: RunId, processes: Parameters<typeof killLeftovers>[1]) {
      await killLeftovers(runId, processes);
      await Promise.all([ssh.endLeftovers(runId), docker.endLeftovers(runId)]);
    },
    onInterrupted: (runId: RunId) => interruptions.add(runId),
  };
  const opened = { at: new Date(systemClock.now()).toISOString(), cursor: store.runs.changeCursor() };
  const mender = mendRuns(engine, (runId) => interruptRun(adoptionPorts, runId));
  const isAlive = createOwnerCheck(() => systemClock.now());
  async function adopt(): Promise<readonly RunId[]> {
    if (store.isReadOnly) return [];
    const { adopted, unfinished } = await adoptRuns(adoptionPorts, isAlive);
    for (const runId of unfinished) mender.add(runId);
    return adopted;
  }
  try {
    await adopt();
  } catch (error) {
    store.close();
    throw toAppError(error);
  }
  const shells = createShells();
  const shellPlaces = {
    local: createLocalShell({ baseEnv, watchdog }),
    container: docker.shells,
    ...sshShells(dataDir, watchdog),
  };
  const requests = watchRequests(engine, store);
  const resumePorts = { engine, store, owner, requests };
  const isActive = (runId: RunId): boolean => !isFinalRunStatus(store.runs.get(runId).status);
  if (!store.isReadOnly) ssh.endAllLeftovers((runId) => isStored(store, runId) && isActive(runId));
  if (!store.isReadOnly) docker.endAllLeftovers();
  let closing: Promise<void> | null = null;

  return {
    dataDir,
    mode,
    owner,
    maxParallel,
    sampleTemplateDir: options.sampleTemplateDir,
    store,
    engine,
    kinds,
    blobs,
    repository,
    vault,
    keyKeeper: createKeyKeeper({ dataDir, env: process.env, sealer }),
    trust: createTrust({ store: store.trust, now: () => systemClock.now() }),
    tracing,
    opened,
    interruptions,
    settings: createHostSettings(store.settings),
    readLog: (runId, stage, attempt) => readLog(logs, isActive, runId, stage, attempt),
    cancel(runId, stage) {
      if (engine.cancel(runId, 'user', stage)) return true;
      return isActive(runId) && store.cancelRequests.add({ runId, stage: stage ?? null });
    },
    decide: (wish) => decideApproval({ engine, store }, wish),
    continueAttempt: (runId, stage) => continueAttempt({ engine, store }, runId, stage),
    openShell: (wish) => openShell({ dataDir, engine, store, secrets, places: shellPlaces }, wish),
    shells,
    sshHosts: createSshHostBook({ store, env: process.env, now: () => systemClock.now() }),
    resume: (runId) => resumeRun(resumePorts, runId),
    resumeByPlan: (among) => resumeByPlan(resumePorts, among),
    adopt,
    rerun: (runId, request) => rerun({ engine, store, owner, blobs, dataDir }, runId, request),
    async removeRun(runId) {
      const isRemoved = store.runs.remove(runId);
      if (isRemoved) await rm(path.join(dataDir, 'runs', runId), { recursive: true, force: true });
      return isRemoved;
    },
    close() {
      closing ??= (async () => {
        await shells.closeAll();
        await engine.close('signal');
        await mender.stop();
        await tracing.close();
        requests.stop();
        await Promise.all([ssh.close(), docker.close()]);
        watchdog.close();
        store.close();
      })();
      return closing;
    },
  };
}

function sshShells(dataDir: string, watchdog: Watchdog) {
  const onProcess: SshShellOptions['onProcess'] = (pid, state) =>
    state === 'started' ? watchdog.add(pid) : watchdog.remove(pid);
  const ssh = createSshShell({ dataDir, env: process.env, onProcess });
  return { ssh, 'ssh-labels': ssh };
}

function readLog(
  logs: LogStore,
  isActive: (runId: RunId) => boolean,
  runId: RunId,
  stage: StageId,
  attempt: number,
): LogReader {
  return logs.read(runId, stage, attempt, { isLive: () => isActive(runId) });
}

function isStored(store: Store, runId: RunId): boolean {
  try {
    return store.runs.get(runId).id === runId;
  } catch {
    // It was removed.
    return false;
  }
}

function killLeftovers(
  runId: RunId,
  processes: readonly { readonly pid: number; readonly spawnedAtMs: number }[],
): Promise<void> {
  return killLeftoverProcesses(
    runId,
    processes.map(({ pid, spawnedAtMs }) => ({ pid, spawnedAt: spawnedAtMs })),
  );
}
