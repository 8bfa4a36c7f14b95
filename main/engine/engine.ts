import type { RunId, StageId } from '#shared/lib/ids.ts';
import { createRunId } from '#shared/lib/ids.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import type { RunEvent, RunTrigger } from '#shared/run/events.ts';
import type { CancelledBy } from '#shared/run/outcome.ts';
import { reduceRun } from '#shared/run/reduce-run.ts';
import type { RunState } from '#shared/run/run-state.ts';
import type {
  Artifacts,
  Clock,
  EventStore,
  Executor,
  Interpolate,
  Kinds,
  LogSinks,
  Reports,
  RunOwner,
  SourceControl,
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
  readonly executors: { readonly local: Executor };
  readonly kinds: Kinds;
  readonly sourceControl: SourceControl;
  readonly interpolate: Interpolate;
  /** Stages that may run at once on this machine, over all runs. */
  readonly maxParallel: number;
  /** What every step inherits. */
  readonly baseEnv: Readonly<Record<string, string>>;
  /** `/` or `\`, `:` or `;`. */
  readonly paths: { readonly separator: string; readonly delimiter: string };
  readonly graceMs: number;
}

export interface RunRequest {
  readonly projectDir: string;
  readonly pipelineFile: string;
  readonly plan: Plan;
  readonly trigger: RunTrigger;
  /** At least 1. */
  readonly maxParallel: number;
}

export interface RunHandle {
  readonly runId: RunId;
  state(): RunState;
  /** Resolves with the final state when nothing of the run is left to do; never rejects but for a bug. */
  readonly finished: Promise<RunState>;
}

export type EngineListener = (runId: RunId, events: readonly RunEvent[]) => void;

/** Runs pipelines: many at once, over one set of slots. */
export interface Engine {
  /** Resolves when the run is stored; it goes on by itself. */
  start(request: RunRequest): Promise<RunHandle>;
  /** True when this engine runs it and the request was stored; a second request changes nothing. */
  cancel(runId: RunId, by: CancelledBy, stage?: StageId): boolean;
  get(runId: RunId): RunHandle | undefined;
  /** Every event of every run, in batches, after it was stored. Returns the way to stop. */
  subscribe(listener: EngineListener): () => void;
  /** Cancels what runs and waits for its end. */
  close(by: CancelledBy): Promise<void>;
}

export function createEngine(ports: EnginePorts): Engine {
  const loops = new Map<RunId, RunLoop>();
  const listeners = new Set<EngineListener>();
  const ledger = createProcessLedger(ports.events, ports.clock);
  let busySlots = 0;

  const slots = {
    free: () => ports.maxParallel - busySlots,
    take: () => {
      busySlots += 1;
    },
    /** A slot that one run leaves may be what another waits for; the oldest run goes first. */
    give: () => {
      busySlots -= 1;
      for (const loop of loops.values()) {
        if (slots.free() === 0) break;
        loop.pump();
      }
    },
  };

  const publish: EngineListener = (runId, events) => {
    for (const listener of listeners) listener(runId, events);
  };

  return {
    async start(request) {
      const git = await ports.sourceControl.describe(request.projectDir);
      const runId = createRunId(ports.clock.now(), ports.random);
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
      }));
      const loop = createRunLoop({
        ports,
        slots,
        ledger,
        initial: reduceRun(null, created),
        publish: (events) => publish(runId, events),
      });
      loops.set(runId, loop);
      publish(runId, [created]);
      loop.begin();
      void loop.finished.finally(() => loops.delete(runId)).catch(() => undefined);
      return loop;
    },
    cancel: (runId, by, stage) => loops.get(runId)?.cancel(by, stage) ?? false,
    get: (runId) => loops.get(runId),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close(by) {
      const running = [...loops.values()];
      for (const loop of running) loop.cancel(by);
      await Promise.allSettled(running.map((loop) => loop.finished));
    },
  };
}
