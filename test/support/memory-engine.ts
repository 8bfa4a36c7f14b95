import { createEngine, type Engine, type EnginePorts, type RunHandle } from '#main/engine/engine.ts';
import type { EventStore, Executor } from '#main/engine/ports.ts';
import { INERT_PORTS } from '#main/executors/dummy/inert-ports.ts';
import { createDummyExecutor, type DummyScript } from '#main/executors/dummy/dummy-executor.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { Plan } from '#shared/pipeline/plan.ts';
import type { RunEvent } from '#shared/run/events.ts';
import type { RunState } from '#shared/run/run-state.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';

export interface MemoryEngine {
  readonly engine: Engine;
  readonly clock: FakeClock;
  /** What was stored, by run. */
  readonly stored: ReadonlyMap<RunId, readonly RunEvent[]>;
  /** What each log got, by `stage/attempt`. */
  readonly logs: ReadonlyMap<string, string>;
  start(plan: Plan, maxParallel?: number): Promise<RunHandle>;
  /** Stores the log of a run that another engine has left. */
  adopt(runId: RunId, log: readonly RunEvent[]): void;
  /** Starts a run and moves the clock until it has ended. */
  run(plan: Plan, maxParallel?: number): Promise<{ state: RunState; events: readonly RunEvent[] }>;
}

export interface MemoryEngineOptions {
  readonly script?: DummyScript;
  readonly executor?: Executor;
  readonly maxParallel?: number;
  readonly ports?: Partial<EnginePorts>;
}

/** A whole engine over the scripted executor, with time, ids and storage in the test's hands. */
export function createMemoryEngine(options: MemoryEngineOptions = {}): MemoryEngine {
  const clock = createFakeClock();
  const stored = new Map<RunId, RunEvent[]>();
  const logs = new Map<string, string>();
  let seed = 1;
  const events: EventStore = {
    create(_owner, make) {
      const event = make(stored.size + 1);
      stored.set(event.runId, [event]);
      return event;
    },
    append: (runId, added) => stored.get(runId)?.push(...added),
    saveReport: () => undefined,
    addProcess: () => undefined,
    removeProcess: () => undefined,
  };
  const engine = createEngine({
    clock,
    random: () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647,
    owner: { hostId: 'test', pid: 1, startedAt: 0 },
    events,
    logs: {
      open: (_run, stage, attempt) => ({
        write: (_stream, chunk) => {
          const key = `${stage}/${attempt}`;
          logs.set(key, (logs.get(key) ?? '') + chunk.toString());
          return undefined;
        },
        close: () => Promise.resolve(),
      }),
    },
    ...INERT_PORTS,
    executors: { local: options.executor ?? createDummyExecutor(clock, options.script) },
    kinds: {
      prepare: () => ({
        preview: 'true',
        run: async (context) => ({ outcome: (await context.exec({ script: 'true' })).outcome }),
      }),
    },
    sourceControl: { describe: () => Promise.resolve(null) },
    maxParallel: options.maxParallel ?? 1_000,
    baseEnv: {},
    paths: { separator: '/', delimiter: ':' },
    graceMs: 100,
    ...options.ports,
  });

  const start = (plan: Plan, maxParallel = 4): Promise<RunHandle> =>
    engine.start({
      projectDir: '/project',
      pipelineFile: 'pipewright.yml',
      plan,
      trigger: { type: 'manual' },
      maxParallel,
    });

  return {
    engine,
    clock,
    stored,
    logs,
    start,
    adopt: (runId, log) => stored.set(runId, [...log]),
    async run(plan, maxParallel) {
      const handle = await start(plan, maxParallel);
      let isDone = false;
      const finished = handle.finished.finally(() => {
        isDone = true;
      });
      // A run that breaks rejects below, once nothing is left to move on.
      finished.catch(() => undefined);
      while (!isDone) {
        await settle();
        clock.next();
      }
      return { state: await finished, events: stored.get(handle.runId) ?? [] };
    },
  };
}

/** Lets everything that waits for nothing but promises go on. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
