import type { Kinds } from './kind-ports.ts';
import type { RunId, StageId } from '#shared/lib/ids.ts';
import { createRunId } from '#shared/lib/ids.ts';
import { AppError, toAppError } from '#shared/lib/app-error.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import type { GitInfo, RunEvent, RunTrigger } from '#shared/run/events.ts';
import type { CancelledBy } from '#shared/run/outcome.ts';
import { reduceRun } from '#shared/run/reduce-run.ts';
import type { RunState, StageState } from '#shared/run/run-state.ts';
import type {
  Artifacts,
  Clock,
  EventStore,
  Executor,
  Caches,
  Locks,
  PipelineStates,
  Places,
  Reuse,
  Secrets,
  SshSlots,
  LogSinks,
  ReportHistory,
  Reports,
  RunOwner,
  SourceControl,
  StageDurations,
  Workspaces,
} from './ports.ts';
import { createProcessLedger } from './process-ledger.ts';
import { createRunLoop, type RunLoop } from './run-loop.ts';

export interface EnginePorts {
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  readonly owner: RunOwner;
  readonly events: EventStore;
  readonly logs: LogSinks;
  readonly workspaces: Workspaces;
  readonly artifacts: Artifacts;
  readonly reports: Reports;
  readonly reportHistory: ReportHistory;
  readonly executors: { readonly local: Executor };
  readonly places: Places;
  readonly kinds: Kinds;
  readonly sourceControl: SourceControl;
  readonly secrets: Secrets;
  readonly caches: Caches;
  readonly reuse: Reuse;
  readonly locks: Locks;
  readonly sshSlots: SshSlots;
  readonly states: PipelineStates;
  readonly durations: StageDurations;
  /** The id under which caches, locks and state of a project are kept. */
  readonly projectIdOf: (projectDir: string) => string;
  /** What a tool says its version is; '' when it is not there. Never rejects. */
  readonly toolVersion: (tool: string, cwd: string) => Promise<string>;
  /** Stages that may run at once on this machine, over all runs. */
  readonly maxParallel: number;
  /** What every step inherits. */
  readonly baseEnv: Readonly<Record<string, string>>;
  /** `/` or `\`, `:` or `;`. */
  readonly paths: { readonly separator: string; readonly delimiter: string };
  readonly graceMs: number;
  /** `TRACEPARENT` for what an attempt starts; null or absent: what is inherited stays. */
  readonly traceParent?: (runId: RunId, stage: StageId, attempt: number) => string | null;
}

export interface RunRequest {
  readonly projectDir: string;
  readonly pipelineFile: string;
  readonly plan: Plan;
  readonly trigger: RunTrigger;
  /** At least 1. */
  readonly maxParallel: number;
  /** What the run works on, where the caller knows it; else the project's folder is asked. */
  readonly git?: GitInfo | null;
  /** An attempt that fails waits until someone has looked at it. */
  readonly pauseOnFailure?: boolean;
  /** Stages whose attempts wait before their first step; one that the plan does not have counts for nothing. */
  readonly breakpoints?: readonly StageId[];
  /** Results of an earlier run of the same plan that stand for those of this one. */
  readonly reuse?: ReuseRequest;
}

export interface ReuseRequest {
  /** Its workspace is copied instead of the project. */
  readonly runId: RunId;
  /** By stage; what these need must be among them. */
  readonly stages: ReadonlyMap<StageId, Pick<StageState, 'outputs' | 'artifacts' | 'reports'>>;
}

export interface RunHandle {
  readonly runId: RunId;
  state(): RunState;
  /** Resolves with the final state when nothing of the run is left to do; never rejects but for a bug. */
  readonly finished: Promise<RunState>;
}

/** What a person says to a stage that waits. */
export interface ApprovalDecision {
  readonly decision: 'approved' | 'rejected';
  readonly by: string;
  readonly comment: string | null;
}

export type EngineListener = (runId: RunId, events: readonly RunEvent[]) => void;

/** Runs pipelines: many at once, over one set of slots. */
export interface Engine {
  /** Resolves when the run is stored; it goes on by itself. */
  start(request: RunRequest): Promise<RunHandle>;
  /** True when this engine runs it and the request was stored; a second request changes nothing. */
  cancel(runId: RunId, by: CancelledBy, stage?: StageId): boolean;
  /**
   * Goes on with an interrupted run that this engine's owner has taken over: what finished stays, the rest is tried again.
   * @throws AppError `run-not-active` when the run is not interrupted
   */
  resume(state: RunState): RunHandle;
  /** Decides a stage that waits for approval; false when it does not wait here. @throws AppError `not-allowed` */
  decideApproval(runId: RunId, stage: StageId, decision: ApprovalDecision): boolean;
  /** Lets an attempt that waits after a failure or at a breakpoint go on; false when the stage has none here. */
  continueAttempt(runId: RunId, stage: StageId): boolean;
  get(runId: RunId): RunHandle | undefined;
  /** Every event of every run, in batches, after it was stored. Returns the way to stop. */
  subscribe(listener: EngineListener): () => void;
  /** Runs that have ended here while the store refused their events: it shows them as active. Returns the way to stop. */
  subscribeBroken(listener: (runId: RunId) => void): () => void;
  /** Cancels what runs and waits for its end. */
  close(by: CancelledBy): Promise<void>;
}

export function createEngine(ports: EnginePorts): Engine {
  const loops = new Map<RunId, RunLoop>();
  const listeners = new Set<EngineListener>();
  const brokenListeners = new Set<(runId: RunId) => void>();
  const ledger = createProcessLedger(ports.events, ports.clock);
  let busySlots = 0;

  const slots = {
    free: () => ports.maxParallel - busySlots,
    take: (count: number) => {
      busySlots += count;
    },
    /** A slot that one run leaves may be what another waits for; the oldest run goes first. */
    give: (count: number) => {
      busySlots -= count;
      for (const loop of loops.values()) {
        if (slots.free() <= 0) break;
        loop.pump();
      }
    },
  };

  const publish: EngineListener = (runId, events) => {
    for (const listener of listeners) {
      try {
        listener(runId, events);
      } catch (error) {
        // Who listens may not end a run that is stored; a store that takes nothing is told with the run's next event.
        if (toAppError(error).kind === 'bug') throw error;
      }
    }
  };

  function add(initial: RunState, reuse: ReuseRequest | null): RunLoop {
    const { runId } = initial;
    const loop = createRunLoop({
      ports,
      slots,
      ledger,
      initial,
      reuse,
      publish: (events) => publish(runId, events),
    });
    loops.set(runId, loop);
    void loop.finished
      .finally(() => loops.delete(runId))
      .catch(() => {
        for (const listener of brokenListeners) listener(runId);
      });
    return loop;
  }

  return {
    async start(request) {
      const git =
        request.git === undefined ? await ports.sourceControl.describe(request.projectDir) : request.git;
      const expectedMs = ports.durations.expected(
        ports.projectIdOf(request.projectDir),
        request.pipelineFile,
      );
      const runId = createRunId(ports.clock.now(), ports.random);
      const { breakpoints = [] } = request;
      const created = ports.events.create(ports.owner, (number) => ({
        type: 'run-created',
        runId,
        seq: 1,
        at: new Date(ports.clock.now()).toISOString(),
        name: request.plan.name,
        number,
        projectDir: request.projectDir,
        pipelineFile: request.pipelineFile,
        plan: request.plan,
        trigger: request.trigger,
        git,
        maxParallel: request.maxParallel,
        expectedMs,
        ...(request.pauseOnFailure === true && { pauseOnFailure: true as const }),
        ...(breakpoints.length > 0 && { breakpoints }),
      }));
      const loop = add(reduceRun(null, created), request.reuse ?? null);
      publish(runId, [created]);
      loop.begin();
      return loop;
    },
    resume(state) {
      if (state.status !== 'interrupted' || loops.has(state.runId)) {
        throw new AppError('run-not-active', `Run #${state.number} is not interrupted.`);
      }
      const loop = add(state, null);
      loop.begin();
      return loop;
    },
    decideApproval: (runId, stage, decision) => loops.get(runId)?.decideApproval(stage, decision) ?? false,
    continueAttempt: (runId, stage) => loops.get(runId)?.continueAttempt(stage) ?? false,
    cancel: (runId, by, stage) => loops.get(runId)?.cancel(by, stage) ?? false,
    get: (runId) => loops.get(runId),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    subscribeBroken(listener) {
      brokenListeners.add(listener);
      return () => brokenListeners.delete(listener);
    },
    async close(by) {
      const running = [...loops.values()];
      for (const loop of running) loop.cancel(by);
      await Promise.allSettled(running.map((loop) => loop.finished));
    },
  };
}
