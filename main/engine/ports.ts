import type { RunId, StageId } from '#shared/lib/ids.ts';
import type { Issue } from '#shared/lib/issue.ts';
import type {
  Plan,
  PlannedArtifact,
  PlannedCache,
  PlannedReports,
  PlannedStage,
} from '#shared/pipeline/plan.ts';
import type { PlannedPlace, PlannedResources, PlannedService } from '#shared/pipeline/plan-place.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import type { ArtifactSummary, GitInfo, ReportSummary, ReportType, RunEvent } from '#shared/run/events.ts';
import type { Outcome } from '#shared/run/outcome.ts';
import type { Usage } from '#shared/run/usage.ts';

/** Wall clock and timers; injected, so that tests decide what time it is. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `callback` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

/** Who runs a run: unique over all machines and starts. */
export interface RunOwner {
  readonly hostId: string;
  readonly pid: number;
  /** Epoch milliseconds at which that process started. */
  readonly startedAt: number;
}

/** Keeps events. Appending is synchronous: when it returns, the events survive the death of this process. */
export interface EventStore {
  /**
   * Makes a run with its first event (`seq` 1) and counts up the project's run number, in one transaction.
   * @param make gets the run's number
   */
  create(owner: RunOwner, make: (number: number) => RunEvent): RunEvent;
  /** Appends events that follow each other, in one transaction; also to the rows that lists are read from. */
  append(runId: RunId, events: readonly RunEvent[]): void;
  /** Keeps the normal form of a report beside its event. */
  saveReport(runId: RunId, stage: StageId, attempt: number, type: ReportType, report: unknown): void;
  /** What processes of a run may be left when this host dies; `pid` leads a process group. */
  addProcess(runId: RunId, pid: number, spawnedAtMs: number): void;
  removeProcess(runId: RunId, pid: number): void;
}

export type LogStream = 'stdout' | 'stderr' | 'system';

/** One attempt's log. Nothing is created on disk before the first byte. */
export interface LogSink {
  /** Answers with a promise when the caller should wait before it sends more; it rejects when the log cannot be written. */
  write(stream: LogStream, chunk: Buffer): Promise<void> | undefined;
  /** Flushes and marks the log as complete. Idempotent. */
  close(): Promise<void>;
}

export interface LogSinks {
  open(runId: RunId, stage: StageId, attempt: number): LogSink;
}

/** Folders in which stages work. */
export interface Workspaces {
  /**
   * Prepares what all stages share: a copy of the project unless `in-place`. Called once, before the first stage.
   * @param checkout the commit whose files stand for those of the project's folder; with it `in-place` is refused
   */
  prepare(
    runId: RunId,
    plan: Plan,
    projectDir: string,
    signal: AbortSignal,
    checkout?: GitInfo | null,
  ): Promise<void>;
  /** As `prepare`, with the files of an earlier run's shared workspace. @throws AppError `workspace-failed` when it is gone */
  prepareFrom(
    runId: RunId,
    earlier: RunId,
    plan: Plan,
    projectDir: string,
    signal: AbortSignal,
  ): Promise<void>;
  /** The folder of a stage, ready to work in: absolute. With `isolated`, a fresh copy for each attempt. */
  open(
    runId: RunId,
    plan: Plan,
    stage: PlannedStage,
    attempt: number,
    projectDir: string,
    signal: AbortSignal,
  ): Promise<string>;
  /**
   * What the paths of an attempt's command files begin with: `<prefix>output`, `<prefix>env`, …
   * Absolute, outside of the workspace, and their folder exists; one folder serves a run, since a folder each costs more
   * than all else that an empty stage does.
   */
  commandPrefix(runId: RunId, stage: StageId, attempt: number): Promise<string>;
  /** Called once when the run has ended. `keep`: the run did not succeed, so its files may be looked at. */
  close(runId: RunId, plan: Plan, keep: boolean): Promise<void>;
}

export interface CollectedArtifact {
  /** Null when no file matched. */
  readonly artifact: ArtifactSummary | null;
  readonly issues: readonly Issue[];
}

export interface Artifacts {
  /** Stores the files that match, by content. A path that leaves the workspace is refused with an issue of severity `error`. */
  collect(workspace: string, artifact: PlannedArtifact, signal: AbortSignal): Promise<CollectedArtifact>;
  /**
   * Writes the files of a stored artifact below `workspace`, each checked against its hash.
   * @param onPlaced called with how many are there after each; cheap
   */
  place(
    artifact: ArtifactSummary,
    workspace: string,
    signal: AbortSignal,
    onPlaced?: (done: number, total: number) => void,
  ): Promise<void>;
}

/** How a report is written. Of `tests` and `coverage`, the dialect is found by looking at it. */
export type ReportFormat = 'tests' | 'coverage' | 'sarif' | 'checkstyle' | 'cyclonedx' | 'in-toto';

export interface ParsedReport {
  /** Null when it could not be read; then an issue of severity `error` says why and where. */
  readonly form: NormalForm | null;
  readonly issues: readonly Issue[];
}

/** Where the tool worked that wrote a report. Paths below it are shown relative to the workspace. */
export interface ReportPlace {
  /** Absolute, on this machine. */
  readonly workspace: string;
  /** The workspace as the tool saw it, where that is another, as in a container. */
  readonly seenWorkspace?: string;
  /** What relative paths in a report are relative to; the workspace unless set. Absolute, on this machine. */
  readonly cwd?: string;
}

export interface Reports {
  /** Finds and reads the files that match, and makes one report of each type of them. Globs are relative to the workspace. */
  collect(
    place: ReportPlace,
    reports: PlannedReports,
    signal: AbortSignal,
  ): Promise<{ readonly reports: readonly NormalForm[]; readonly issues: readonly Issue[] }>;
  /**
   * Reads one report. Never rejects for what it holds; rejects with the signal's reason when that aborts.
   * @param name what issues call it: a path relative to the workspace, or `the output of eslint`
   */
  parse(
    bytes: Uint8Array,
    format: ReportFormat,
    name: string,
    place: ReportPlace,
    signal: AbortSignal,
  ): Promise<ParsedReport>;
}

/** A report with the attempt that it came from. */
export interface StageReport {
  readonly stage: StageId;
  readonly attempt: number;
  readonly form: NormalForm;
}

/** Reports of this run and of those before it. Synchronous; a query each. */
export interface ReportHistory {
  /** Those of each stage's latest attempt, in the order in which they were stored. */
  read(runId: RunId): readonly StageReport[];
  /**
   * The reports of a stage in the newest run of the same pipeline on a branch that had finished when `before` was made: one
   * that succeeded before any that failed, so that what closed a gate once does not pass it the next time. Empty when there is none.
   * @param branch null: any
   */
  baseline(
    scope: string,
    pipelineFile: string,
    branch: string | null,
    stage: StageId,
    before: RunId,
  ): readonly NormalForm[];
  /** Fingerprints of the findings that people of a project decided not to count, as of now. */
  ignored(scope: string): ReadonlySet<string>;
}

/** A script for a shell. */
export interface ScriptCommand {
  readonly script: string;
  /** A name (`sh`, `bash`, `pwsh`, `python`, `node`) or a template with `{0}` for the script's file; null: the platform's own. */
  readonly shell: string | null;
  /** The script may hold a secret: it must not stand in a process' arguments, which every user of the machine can see. */
  readonly isConfidential?: boolean;
}

export interface ExecutionRequest {
  readonly runId: RunId;
  readonly stage: StageId;
  readonly attempt: number;
  readonly command: ScriptCommand;
  /** Absolute; exists. */
  readonly cwd: string;
  /** As `Workspaces.commandPrefix` gave it; a script that needs a file gets one there, too. */
  readonly commandPrefix: string;
  /** The whole environment, not an addition. */
  readonly env: Readonly<Record<string, string>>;
  readonly log: LogSink;
  /** Called with the leader of each process group as it starts, and again when the group is gone. */
  readonly onProcess: (pid: number, state: 'started' | 'gone') => void;
  /** Between asking the process tree to end and ending it by force. */
  readonly graceMs: number;
  /** What the step's processes may use together; for an executor of this machine, as other places have limits of their own. */
  readonly limits?: PlannedResources | null;
  /** Figures of this step so far: every second at most, and once at its end. Never called for one that is too short. */
  readonly onUsage?: (usage: Usage) => void;
}

/**
 * Does the work of a step. Safe to call many times at once.
 * Never rejects: what goes wrong is an outcome. After `signal` aborts the whole process tree is gone when it settles,
 * and the outcome's type is `cancelled`; the engine knows whether that was a timeout.
 * All output is in the log when it settles.
 */
export interface Executor {
  readonly name: string;
  execute(request: ExecutionRequest, signal: AbortSignal): Promise<Outcome>;
  /** What a step wrote to its command files, by name; files that it did not write are absent. Removes them. */
  readCommandFiles(commandPrefix: string): Promise<Readonly<Record<string, string>>>;
  /** Ends what stages of the run left running outside of their process groups. Called once, after the last stage. */
  release(runId: RunId): Promise<void>;
}

export interface PlaceRequest {
  readonly runId: RunId;
  readonly stage: StageId;
  readonly attempt: number;
  /** With its expressions evaluated. */
  readonly place: PlannedPlace;
  readonly services: readonly PlannedService[];
  readonly resources: PlannedResources | null;
  /** The stage's folder on this machine, absolute: what the steps find as their workspace, wherever they run. */
  readonly workspace: string;
  readonly commandPrefix: string;
  /** Of the attempt; progress of pulls and transfers goes there as `system` lines. */
  readonly log: LogSink;
  /** A log of a service's own, beside that of the stage; whoever asked closes it. */
  readonly openServiceLog: (service: string) => LogSink;
  /** Whether a text holds a secret of the stage, which nobody may be able to look up in what the place is made of. */
  readonly holdsSecret: (text: string) => boolean;
  readonly onProcess: ExecutionRequest['onProcess'];
  readonly graceMs: number;
  /** Figures of the whole place, for one that measures all its steps together; else they go to each step's `onUsage`. */
  readonly onUsage?: (usage: Usage) => void;
}

/** Where the steps of one attempt run, with its services; everything that it made is gone when `close` settles. */
export interface OpenPlace extends Pick<Executor, 'execute' | 'readCommandFiles'> {
  /** For the contexts of expressions: what `services.<id>` holds. */
  readonly services: Readonly<Record<string, ServiceFacts>>;
  /** False: the steps work on a copy of the workspace elsewhere, and see nothing that is written here meanwhile. */
  readonly sharesFiles: boolean;
  /** The workspace and the command files as the steps see them: in a container or on a host they have another path. */
  readonly seenWorkspace: string;
  readonly seenCommandPrefix: string;
  /** What every step inherits there, instead of this machine's own environment; null: that. */
  readonly baseEnv: Readonly<Record<string, string>> | null;
  /** `/` or `\\`, `:` or `;`, as they are there. */
  readonly paths: { readonly separator: string; readonly delimiter: string };
  /** After the last step: what the steps changed is in the workspace on this machine. @throws AppError `place-failed` */
  collect(signal: AbortSignal): Promise<void>;
  /** Removes what the place was made of. Idempotent; never rejects. */
  close(): Promise<void>;
}

/** A service that is ready. */
export interface ServiceFacts {
  /** As the steps reach it. */
  readonly host: string;
  /** The port in the container (`5432`) to the one under which the steps reach it. */
  readonly ports: Readonly<Record<string, number>>;
}

/** Prepares other places than this machine, and services anywhere. */
export interface Places {
  /**
   * @throws AppError with one sentence and a way out (`docker-unreachable`, `image-missing`, `image-pull-failed`,
   * `service-unhealthy`, `ssh-failed`, `host-key-changed`, …): the attempt is an infra-error, and nothing is left behind.
   * Rejects with the signal's reason when it aborts.
   */
  open(request: PlaceRequest, signal: AbortSignal): Promise<OpenPlace>;
  /** Removes what is left of a run: networks, containers, remote folders. Called once, after its last stage. */
  release(runId: RunId): Promise<void>;
}

/** Facts about the project when a run is made; null outside of version control. Never throws. */
export interface SourceControl {
  describe(projectDir: string): Promise<GitInfo | null>;
}

/** A cache that was found: `key` is what was asked for, `matchedKey` what is stored. */
export interface CacheHit {
  readonly key: string;
  readonly matchedKey: string;
  readonly exact: boolean;
  /** Of the archive. */
  readonly sizeBytes: number;
}

/** Folders that live on from run to run, by key. Safe to use from several runs and processes at once. */
export interface Caches {
  /**
   * Puts back the newest archive with the exact key, else the newest whose key starts with a restore key, these in order.
   * Null: nothing was restored. A damaged archive counts as no hit, and an issue says so.
   * @param scope the project's id
   * @param cache with its expressions evaluated
   * @param workspace absolute; nothing is written outside of it
   */
  restore(
    scope: string,
    cache: PlannedCache,
    workspace: string,
    signal: AbortSignal,
  ): Promise<{ readonly hit: CacheHit | null; readonly issues: readonly Issue[] }>;
  /**
   * Saves what lies at the cache's paths, unless the exact key exists already.
   * A path that leaves the workspace is refused with an issue of severity `error`, and nothing is saved.
   */
  save(
    scope: string,
    cache: PlannedCache,
    workspace: string,
    signal: AbortSignal,
  ): Promise<{ readonly saved: boolean; readonly sizeBytes: number; readonly issues: readonly Issue[] }>;
}

/** What a stage's results depend on, each input by name with its hash, so that a miss can say what changed. */
export type Fingerprint = Readonly<Record<string, string>>;

export interface ReusableResult {
  readonly runId: RunId;
  readonly stage: StageId;
  readonly outputs: Readonly<Record<string, string>>;
  readonly artifacts: readonly ArtifactSummary[];
  readonly reports: readonly ReportSummary[];
}

/** Results of stages that need not be made again. Synchronous: each call is one query. */
export interface Reuse {
  /** Hashes names and content of the files below `workspace` that match; equal on every machine. '' when nothing matches. */
  hashFiles(workspace: string, globs: readonly string[]): string;
  /** `changed`: names of inputs that differ from the newest remembered result; empty when there is none. */
  find(
    scope: string,
    pipelineFile: string,
    stage: StageId,
    fingerprint: Fingerprint,
  ): { readonly result: ReusableResult | null; readonly changed: readonly string[] };
  remember(
    scope: string,
    pipelineFile: string,
    stage: StageId,
    fingerprint: Fingerprint,
    result: ReusableResult,
  ): void;
}

/** Named locks over all runs and hosts of one data folder. */
export interface Locks {
  /**
   * Takes all names at once, or waits; first come, first served for each name. A dead owner's locks are free.
   * Rejects only when `signal` aborts; the returned function frees the locks and is idempotent.
   * @param holder who holds them, for people: a run and a stage
   * @param supersession of a concurrency group among the names
   */
  acquire(
    names: readonly string[],
    owner: RunOwner,
    holder: string,
    signal: AbortSignal,
    supersession?: Supersession,
  ): Promise<() => void>;
}

/** Which host a stage asks for: one by name, or any that somebody has registered with all of the labels. */
export interface SshWish {
  readonly host: string | null;
  readonly labels: readonly string[];
}

/** How many stages may run on each host at once, over all runs and hosts of one data folder. */
export interface SshSlots {
  /**
   * Takes slots of a host, or waits; first come, first served. Slots of a dead owner are free.
   * Rejects only when `signal` aborts or the store fails; `free` gives them back and is idempotent.
   * @param slots at least 1; a host with fewer is taken whole
   * @param holder who has them, for people: a run and a stage
   * @returns `host` null: none that is registered has the labels
   */
  take(
    wish: SshWish,
    slots: number,
    owner: RunOwner,
    holder: string,
    signal: AbortSignal,
  ): Promise<{ readonly host: string | null; readonly free: () => void }>;
}

/** How the requests for a lock end each other. */
export interface Supersession {
  /** One of the request's names. */
  readonly name: string;
  /** Whether this request ends those before it, over all hosts: it still waits until they have let go. */
  readonly endsOthers: boolean;
  /** A later request ends this one, which holds the lock or waits for it. @param by that one's holder */
  readonly onSuperseded: (by: string) => void;
}

/** How long the stages of a pipeline took in past runs, in milliseconds by stage id. */
export interface StageDurations {
  expected(scope: string, pipelineFile: string): Readonly<Record<string, number>>;
  record(scope: string, pipelineFile: string, durations: ReadonlyMap<string, number>): void;
}

/** Small named values that live across the runs of a pipeline. */
export interface PipelineStates {
  read(scope: string, pipelineFile: string): Readonly<Record<string, string>>;
  /** Merges `values` in, all or nothing, and counts up the pipeline's serial. */
  write(scope: string, pipelineFile: string, values: Readonly<Record<string, string>>, runId: RunId): void;
}

/** Values that no log, event or database may show. */
export interface Secrets {
  /**
   * The values of these names: of the environment over those of the project over the global ones.
   * @throws AppError `secret-missing` naming it and how to set it, `vault-unreadable`
   */
  resolve(
    names: readonly string[],
    scope: { readonly projectDir: string; readonly environment: string | null },
  ): Promise<Readonly<Record<string, string>>>;
  /** A log that hides the values, in every form in which tools write them, also across chunks. */
  mask(log: LogSink, values: readonly string[]): LogSink;
  /** The text with the values hidden. */
  redact(text: string, values: readonly string[]): string;
  contains(text: string, values: readonly string[]): boolean;
}
